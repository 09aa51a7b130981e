import { handle } from '@/lib/http/handle';
import { json } from '@/lib/http/json';
import { readPageRequest } from '@/lib/http/page';
import { receiveUpload } from '@/lib/http/receive-upload';
import { listVideos } from '@/lib/videos/list-videos';
import { uploadLimits, uploadVideo } from '@/lib/videos/upload-video';
import { videoView } from '@/lib/videos/video-view';

export const GET = handle(async ({ acting, request }) =>
  json(200, listVideos(acting, readPageRequest(request.url))),
);

export const POST = handle(async ({ acting, request }) => {
  const video = await receiveUpload(acting, request, uploadLimits(acting), (file) =>
    uploadVideo(acting, file),
  );
  return json(201, videoView(video, []), { Location: `/api/videos/${video.id}` });
});
