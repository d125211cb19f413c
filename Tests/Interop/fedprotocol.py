"""The other end of Protocol.md, version 1, written from the document alone: standard library and `cryptography`."""

import base64
import hashlib
import http.client
import json
import os
import socket
import ssl
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID


def spki(public_key):
    """SubjectPublicKeyInfo, DER."""
    return public_key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def content_digest(body):
    """Section 3.2: the field Content-Digest."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


class Refused(Exception):
    """An error of section 7."""

    def __init__(self, status, body):
        error = body.get("error", {})
        self.code = error.get("code", str(status))
        super().__init__(f"{status} {self.code}: {error.get('message', '')}")


class Invite:
    """Section 3.1."""

    def __init__(self, line):
        parts = line.strip().split(":")
        assert parts[0] == "fed1" and len(parts) >= 5, "not an invite"
        self.host = ":".join(parts[1:-3])
        self.port = int(parts[-3])
        self.root = parts[-2]
        self.token = parts[-1]


def presented_root(invite):
    """The root that the enrolment port presents, if it is the pinned one; nothing is sent before."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection((invite.host, invite.port), timeout=10) as plain:
        with context.wrap_socket(plain, server_hostname=invite.host) as secured:
            chain = getattr(secured, "get_unverified_chain", None)
            chain = chain() if chain else secured._sslobj.get_unverified_chain()
            ders = [
                entry if isinstance(entry, bytes) else ssl.PEM_cert_to_DER_cert(entry.public_bytes())
                for entry in chain
            ]
    for der in reversed(ders):
        certificate = x509.load_der_x509_certificate(der)
        if hashlib.sha256(spki(certificate.public_key())).hexdigest() == invite.root:
            return certificate
    raise SystemExit("the root is not the one of the invite: something on the way answers")


def six_words(root, public_key, words):
    """Section 3.3."""
    digest = hashlib.sha256(
        b"fed1-words\0"
        + hashlib.sha256(spki(root.public_key())).digest()
        + hashlib.sha256(spki(public_key)).digest()
    ).digest()
    bits = int.from_bytes(digest[:8], "big") >> 4
    return " ".join(words[bits >> (50 - 10 * index) & 1023] for index in range(6))


class Party:
    """A key, its certificate, and the coordinator it talks to."""

    def __init__(self, folder):
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.chain = None
        self.root = None
        self.boot = "0" * 16
        self.connection = None

    # Enrolment, section 5.1.

    def request_pem(self, key):
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "request")])
        builder = x509.CertificateSigningRequestBuilder().subject_name(name)
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    def enrol(self, invite, words, tell):
        """Applies, tells the six words, and asks until the operator has approved."""
        self.root = presented_root(invite)
        tell(six_words(self.root, self.key.public_key(), words))
        request = self.request_pem(self.key)
        for _ in range(120):
            body = json.dumps(
                {
                    "token": invite.token,
                    "certificateRequest": request,
                    "softwareVersion": "python-interop",
                    "timeMilliseconds": int(time.time() * 1000),
                }
            ).encode()
            connection = http.client.HTTPSConnection(
                invite.host, invite.port, context=self.context(), timeout=30
            )
            status, answer = self.exchange(connection, "POST", "/v1/enrolment", body, {})
            connection.close()
            if status == 200:
                break
            assert status == 202 and answer["status"] == "pending", answer
            time.sleep(0.5)
        else:
            raise SystemExit("nobody approved the application")
        self.take(answer["certificateChain"], self.key)
        self.id = answer["siteID"]
        self.host, self.port = answer["serviceHost"], answer["servicePort"]
        return answer["party"]

    def take(self, chain, key):
        """Checks a chain as section 5.12 says and uses it from now on."""
        leaf, issuing = x509.load_pem_x509_certificates(chain.encode())
        leaf.verify_directly_issued_by(issuing)
        issuing.verify_directly_issued_by(self.root)
        assert spki(leaf.public_key()) == spki(key.public_key()), "the certificate is of another key"
        self.key, self.chain, self.leaf = key, chain, leaf
        self.fingerprint = leaf.fingerprint(hashes.SHA256()).hex()
        if self.connection:
            self.connection.close()
            self.connection = None

    def context(self):
        """TLS 1.3 with the federation's root only, and the own certificate where there is one."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        pem = self.root.public_bytes(serialization.Encoding.PEM).decode()
        context.load_verify_locations(cadata=pem)
        context.set_alpn_protocols(["http/1.1"])
        if self.chain:
            path = os.path.join(self.folder, "identity.pem")
            secret = self.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(secret + self.chain.encode())
            context.load_cert_chain(path)
        return context

    # Requests, section 3.2.

    def signature(self, method, target, digest):
        path, _, query = target.partition("?")
        nonce = self.boot + os.urandom(16).hex()
        parameters = (
            '("@method" "@path" "@query" "content-digest")'
            f';created={int(time.time())};keyid="{self.fingerprint}";nonce="{nonce}"'
            ';alg="ecdsa-p256-sha256"'
        )
        base = "\n".join(
            [
                f'"@method": {method}',
                f'"@path": {path}',
                f'"@query": ?{query}',
                f'"content-digest": {digest}',
                f'"@signature-params": {parameters}',
            ]
        )
        der = self.key.sign(base.encode(), ec.ECDSA(hashes.SHA256()))
        r, s = utils.decode_dss_signature(der)
        raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return {
            "Content-Digest": digest,
            "Signature-Input": f"fed={parameters}",
            "Signature": f"fed=:{base64.b64encode(raw).decode()}:",
        }

    def send(self, method, target, body=b"", headers=None, signed=True):
        """Sends a message; on stale-boot says hello and signs anew."""
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        for attempt in range(3):
            fields = dict(headers or {})
            if signed:
                fields |= self.signature(method, target, content_digest(body))
            if not self.connection:
                self.connection = http.client.HTTPSConnection(
                    self.host, self.port, context=self.context(), timeout=60
                )
            try:
                return self.exchange(self.connection, method, target, body, fields)
            except Refused as refusal:
                if refusal.code != "stale-boot" or attempt == 2:
                    raise
                self.hello()

    def exchange(self, connection, method, target, body, headers):
        connection.request(method, target, body=body or None, headers=headers)
        response = connection.getresponse()
        content = response.read()
        kind = response.headers.get("Content-Type", "")
        answer = json.loads(content) if content and "json" in kind else content
        if response.status >= 400:
            raise Refused(response.status, answer if isinstance(answer, dict) else {})
        return response.status, answer

    def hello(self, signed=True):
        _, hello = self.send("GET", "/v1/hello", signed=signed)
        assert 1 in hello["protocolVersions"]
        self.boot = hello["bootID"]
        return hello

    def renew(self, signed=True):
        """Section 5.11."""
        key = ec.generate_private_key(ec.SECP256R1())
        body = {"certificateRequest": self.request_pem(key)}
        _, answer = self.send("POST", "/v1/certificate", body, signed=signed)
        self.take(answer["certificateChain"], key)
