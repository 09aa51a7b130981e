/** What Shaka Packager 3.4.2 writes for a video track under `cenc` with raw keys. */
export const sampleCencPlaylist = `#EXTM3U
#EXT-X-VERSION:6
## Generated with https://github.com/shaka-project/shaka-packager version v3.4.2-c819dea-release
#EXT-X-TARGETDURATION:5
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="video-180p.mp4",BYTERANGE="1008@0"
#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="data:text/plain;base64,p+YcNz4hkDPCEJH6YHvzuA==",KEYFORMAT="identity"
#EXTINF:4.000,
#EXT-X-BYTERANGE:123835@1076
video-180p.mp4
#EXTINF:4.000,
#EXT-X-BYTERANGE:128654
video-180p.mp4
#EXTINF:2.000,
#EXT-X-BYTERANGE:59411
video-180p.mp4
#EXT-X-ENDLIST
`;

/** What Shaka Packager writes under `cbcs`, shortened to one segment. */
export const sampleCbcsPlaylist = `#EXTM3U
#EXT-X-VERSION:6
#EXT-X-TARGETDURATION:5
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="video-180p.mp4",BYTERANGE="1025@0"
#EXT-X-KEY:METHOD=SAMPLE-AES,URI="data:text/plain;base64,p+YcNz4hkDPCEJH6YHvzuA==",IV=0x19143678474246847d6f7a3009e7bb32,KEYFORMAT="identity"
#EXTINF:4.000,
#EXT-X-BYTERANGE:123035@1093
video-180p.mp4
#EXT-X-ENDLIST
`;

/** The master playlist of a package: it names no key. */
export const sampleMasterPlaylist = `#EXTM3U
## Generated with https://github.com/shaka-project/shaka-packager version v3.4.2-c819dea-release

#EXT-X-INDEPENDENT-SEGMENTS

#EXT-X-MEDIA:TYPE=AUDIO,URI="audio-en.m3u8",GROUP-ID="audio",LANGUAGE="en",NAME="audio-en",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="1"

#EXT-X-STREAM-INF:BANDWIDTH=332992,AVERAGE-BANDWIDTH=323806,CODECS="avc1.64000c,mp4a.40.2",RESOLUTION=320x180,FRAME-RATE=25.000,AUDIO="audio",CLOSED-CAPTIONS=NONE
video-180p.m3u8
`;
