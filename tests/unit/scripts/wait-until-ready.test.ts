import { expect, test } from 'vitest';
import { pageUrl, pollUrl, reasonOf } from '../../../scripts/server/wait-until-ready.mjs';

test.each([
  ['127.0.0.1', 'http://localhost:5000', 'http://127.0.0.1:5000'],
  ['0.0.0.0', 'http://localhost:5000', 'http://127.0.0.1:5000'],
  ['::', 'http://localhost:5000', 'http://[::1]:5000'],
  ['192.168.1.7', 'http://192.168.1.7:5000', 'http://192.168.1.7:5000'],
  ['fd00::7', 'http://[fd00::7]:5000', 'http://[fd00::7]:5000'],
])('a server on %s is opened at %s and asked at %s', (host, page, poll) => {
  expect([pageUrl(host, 5000), pollUrl(host, 5000)]).toEqual([page, poll]);
});

test.each([
  ['{"reason":"FFmpeg does not run."}', 'FFmpeg does not run.'],
  ['{"status":503}', 'its health page gives no reason.'],
  ['<html>', 'its health page gives no reason.'],
])('the reason of %s', (body, reason) => {
  expect(reasonOf(body)).toBe(reason);
});
