import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** The files of a certificate. */
export interface Certificate {
  certificate: string;
  key: string;
}

/** Makes a self-signed certificate for localhost, which `fetch` accepts from then on. */
export function makeCertificate(folder: string): Certificate {
  const files = { certificate: path.join(folder, 'localhost.pem'), key: path.join(folder, 'localhost.key') };
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const outputs = ['-out', files.certificate, '-keyout', files.key];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...outputs], { stdio: 'ignore' });
  trust(files.certificate);
  return files;
}

/** Lets `fetch` in this process accept the certificates that this one signs. */
export function trust(certificate: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')]);
}
