"""Proves to a SIP server that we know a password, without telling it (RFC 3261, section 22)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_PARAMETER = re.compile(r'([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


HASHES: Mapping[str, Callable[[str], str]] = {"md5": _md5, "sha-256": _sha256}
"""Those of RFC 3261 and of RFC 8760."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a server asks with 401 or 407; every parameter as it wrote it."""

    parameters: Mapping[str, str]

    @property
    def algorithm(self) -> str:
        """Give the hash that it wants."""
        return self.parameters.get("algorithm", "MD5")

    @property
    def stale(self) -> bool:
        """Say whether the password was right, and only its nonce too old."""
        return self.parameters.get("stale", "").lower() == "true"

    @property
    def _qops(self) -> list[str]:
        return [each.strip() for each in self.parameters.get("qop", "").split(",") if each.strip()]

    @property
    def usable(self) -> bool:
        """Say whether it can be answered."""
        return self.algorithm.lower() in HASHES and (not self._qops or "auth" in self._qops)

    def answered(
        self, user: str, password: str, method: str, uri: str, cnonce: str, count: int
    ) -> str:
        """Give the header that answers it for the `count`th time (RFC 7616, section 3.4)."""
        hashed = HASHES[self.algorithm.lower()]
        realm, nonce = self.parameters.get("realm", ""), self.parameters.get("nonce", "")
        secret, asked = hashed(f"{user}:{realm}:{password}"), hashed(f"{method}:{uri}")
        given = {"username": user, "realm": realm, "nonce": nonce, "uri": uri}
        plain = {"algorithm": self.algorithm}
        if self._qops:
            nc = f"{count:08x}"
            response = hashed(f"{secret}:{nonce}:{nc}:{cnonce}:auth:{asked}")
            plain |= {"qop": "auth", "nc": nc}
            given["cnonce"] = cnonce
        else:
            # As RFC 2069 had it, for servers that old (RFC 3261, section 22.4).
            response = hashed(f"{secret}:{nonce}:{asked}")
        given["response"] = response
        if "opaque" in self.parameters:
            given["opaque"] = self.parameters["opaque"]
        quoted = [f'{key}="{_escaped(value)}"' for key, value in given.items()]
        return f"Digest {', '.join([*quoted, *(f'{key}={value}' for key, value in plain.items())])}"


def challenges(headers: Sequence[str]) -> list[Challenge]:
    """Read the challenges of one response, in the server's order: the first usable is to be taken.

    RFC 8760, section 2.4.
    """
    found = []
    for header in headers:
        scheme, _, rest = header.strip().partition(" ")
        if scheme.lower() == "digest":
            pairs = _PARAMETER.findall(rest)
            found.append(
                Challenge({key.lower(): _plain(quoted) or word for key, quoted, word in pairs})
            )
    return found


def _plain(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted)


def _escaped(text: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", text)
