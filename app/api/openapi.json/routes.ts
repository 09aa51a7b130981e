import type { RoutesOf } from '@/lib/http/openapi';
import * as allEncoded from '../../allEncoded/route';
import * as allUploaded from '../../allUploaded/route';
import * as download from '../../download/[id]/route';
import * as media from '../../media/[mediaId]/[...path]/route';
import * as packagedContent from '../../packaged_content/[id]/route';
import * as packagedContents from '../../packaged_content/route';
import * as upload from '../../upload/route';
import * as uploadInputContent from '../../upload_input_content/route';
import * as password from '../account/password/route';
import * as session from '../account/sessions/[id]/route';
import * as sessions from '../account/sessions/route';
import * as audit from '../audit/route';
import * as health from '../health/route';
import * as invitation from '../invitation/route';
import * as invitedUser from '../invitation/user/route';
import * as audio from '../packages/[id]/audio/route';
import * as cancel from '../packages/[id]/cancel/route';
import * as keys from '../packages/[id]/keys/route';
import * as license from '../packages/[id]/license/route';
import * as rekey from '../packages/[id]/rekey/route';
import * as retry from '../packages/[id]/retry/route';
import * as onePackage from '../packages/[id]/route';
import * as shares from '../packages/[id]/shares/route';
import * as packages from '../packages/route';
import * as fromOpenId from '../session/openid/callback/route';
import * as toOpenId from '../session/openid/route';
import * as signedIn from '../session/route';
import * as setup from '../setup/route';
import * as share from '../shares/[id]/route';
import * as openShare from '../shares/open/route';
import * as token from '../tokens/[id]/route';
import * as tokens from '../tokens/route';
import * as newInvitation from '../users/[id]/invitation/route';
import * as user from '../users/[id]/route';
import * as users from '../users/route';
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
  '/api/packages/{id}/shares': shares,
  '/api/shares/open': openShare,
  '/api/shares/{id}': share,
  '/api/session': signedIn,
  '/api/session/openid': toOpenId,
  '/api/session/openid/callback': fromOpenId,
  '/api/setup': setup,
  '/api/invitation': invitation,
  '/api/invitation/user': invitedUser,
  '/api/account/password': password,
  '/api/account/sessions': sessions,
  '/api/account/sessions/{id}': session,
  '/api/users': users,
  '/api/users/{id}': user,
  '/api/users/{id}/invitation': newInvitation,
  '/api/tokens': tokens,
  '/api/tokens/{id}': token,
  '/api/audit': audit,
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
