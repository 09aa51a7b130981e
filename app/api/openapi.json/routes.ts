import type { RoutesOf } from '@/lib/http/openapi';
import * as allEncoded from '../../allEncoded/route';
import * as allUploaded from '../../allUploaded/route';
import * as download from '../../download/[id]/route';
import * as media from '../../media/[mediaId]/[...path]/route';
import * as packagedContent from '../../packaged_content/[id]/route';
import * as packagedContents from '../../packaged_content/route';
import * as upload from '../../upload/route';
import * as uploadInputContent from '../../upload_input_content/route';
import * as health from '../health/route';
import * as audio from '../packages/[id]/audio/route';
import * as cancel from '../packages/[id]/cancel/route';
import * as keys from '../packages/[id]/keys/route';
import * as license from '../packages/[id]/license/route';
import * as rekey from '../packages/[id]/rekey/route';
import * as retry from '../packages/[id]/retry/route';
import * as onePackage from '../packages/[id]/route';
import * as packages from '../packages/route';
import * as packagesOfVideo from '../videos/[id]/packages/route';
import * as poster from '../videos/[id]/poster/route';
import * as video from '../videos/[id]/route';
import * as text from '../videos/[id]/texts/[textId]/route';
import * as texts from '../videos/[id]/texts/route';
import * as videos from '../videos/route';

/** Every route of the API by its address. A test compares this list with the folders. */
export const routes = {
  '/api/videos': videos,
  '/api/videos/{id}': video,
  '/api/videos/{id}/packages': packagesOfVideo,
  '/api/videos/{id}/poster': poster,
  '/api/videos/{id}/texts': texts,
  '/api/videos/{id}/texts/{textId}': text,
  '/api/packages': packages,
  '/api/packages/{id}': onePackage,
  '/api/packages/{id}/audio': audio,
  '/api/packages/{id}/cancel': cancel,
  '/api/packages/{id}/keys': keys,
  '/api/packages/{id}/license': license,
  '/api/packages/{id}/rekey': rekey,
  '/api/packages/{id}/retry': retry,
  '/api/health': health,
  '/media/{mediaId}/{path}': media,
  '/download/{id}': download,
  '/upload': upload,
  '/upload_input_content': uploadInputContent,
  '/packaged_content': packagedContents,
  '/packaged_content/{id}': packagedContent,
  '/allUploaded': allUploaded,
  '/allEncoded': allEncoded,
} as const satisfies Readonly<Record<string, RoutesOf>>;
