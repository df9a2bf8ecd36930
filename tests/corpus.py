"""Hostile values: no door may answer any of them with a 5xx, on either database."""

import json

BIDI = [f"a{sign}b" for sign in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
INVISIBLE = [f"a{sign}b" for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u3164\U000e0041"]
SEPARATORS = ["a\u2028b", "a\u2029b"]
BREAKS = ["a\nb", "a\r\nb", "a\rb", "a\tb", "name\n", "\nname"]
CONTROLS = ["a\x01b", "a\x07b", "a\x0bb", "a\x0cb", "a\x1b[31mb", "a\x1fb", "\x1cname", "a\x7fb", "a\x80b", "a\x85b"]
NULS = ["\0", "a\0b", "name\0"]
SURROGATES = ["\ud800", "a\udfffb", "\udc00\ud800", "x\udce9"]
NONCHARACTERS = ["a\ufffeb", "a\uffffb", "a\ufdd0b", "a\U0001ffffb"]
ACCENTS = ["a" + "\u0301" * 200, "a" + "\u0301\u0327" * 5_000]

# Refused in a block of several lines, and so everywhere.
NO_TEXT = CONTROLS + NULS + SURROGATES + NONCHARACTERS + ACCENTS
# Refused in one line: names, titles, references.
NO_LINE = NO_TEXT + BIDI + INVISIBLE + SEPARATORS + BREAKS
# Not refused: it must be kept and shown inertly.
INERT = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "'; DROP TABLE accounts_user; --",
    "=HYPERLINK(1)",
    "../../etc/passwd",
    "%00%ff",
    "\u212b",
    "\U0001f468",
    "\u05d0\u05d1",
    "Straße İstanbul",
    "${jndi:ldap://x}",
]
NO_DAY = [
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-13-01",
    "20261204",
    "2026-W01-1",
    "garbage",
    "",
    "-1",
    "2026-12-04T00:00",
]

# What a text field of the API must not take for text.
NOT_TEXT = [0, 1.5, True, None, [], ["a"], {}, {"a": "b"}, 2**63, -(2**63) - 1]

NESTED = 5_000
# Bodies that are no JSON, or JSON that two readers would understand differently.
NO_BODY = [
    b"{",
    b"",
    b"nul",
    b"'a'",
    b"{'a': 1}",
    b'{"a": 1,}',
    b'{"a": 1} {"a": 2}',
    b'{"a": NaN}',
    b'{"a": Infinity}',
    b'{"a": -Infinity}',
    b'{"a": 1e400}',
    b'{"a": -1e400}',
    b'{"a": ' + b"9" * 5_000 + b"}",
    b'{"a": ' + b"9" * 400 + b"}",
    b'{"a": 9223372036854775808}',
    b'{"a": 1, "a": 2}',
    b'{"a": {"b": 1, "b": 2}}',
    b"[" * NESTED + b"]" * NESTED,
    b"[" * 200_000,
    b'{"a":' * NESTED + b"1" + b"}" * NESTED,
    b"[" * 21 + b"]" * 21,
    b'{"a": "\\u0000"}',
    b'{"a\\u0000": 1}',
    b'{"a": "\\ud800"}',
    b'{"a\\udfff": 1}',
    b'{"a": "\x00"}',
    b'{"a": "\xff"}',
    b'{"a": "\xed\xa0\x80"}',
    b"\xef\xbb\xbf{}",
    '{"a": "é"}'.encode("utf-16"),
    '{"a": "é"}'.encode("latin-1"),
    b"\x1f\x8b\x08\x00",
]
NO_CHARSET = ["utf-16", "latin-1", "bz2_codec", "zip", "bogus", "utf-8; charset=utf-16"]

# Query strings, as they stand in the address.
NO_QUERY = [
    "q=%00",
    "q=a%00b",
    "%00=1",
    "q=%ED%A0%80",
    "q=%FF",
    "q=%C0%80",
    "q=%0a",
    "q=%0d%0aX-A:b",
    "q=%1b",
    "q=%7f",
    "q=%C2%85",
    "q=" + "a" * 2_100,
]
NO_CURSOR = [
    "garbage",
    "%",
    "AAAA",
    "W10",
    "WzFd====",
    "é",
    "bnVsbA",
    "eyJhIjoxfQ",
    "W251bGxd",
    "W3RydWVd",
    "WzFlNDAwXQ",
    "WyJcdTAwMDAiXQ",
    "WyJcdWQ4MDAiXQ",
    "W1sxXV0",
    "A" * 3_000,
]
NO_PAGE_SIZE = ["0", "-1", "1e9", "x", "", "9" * 40, "１０", "1.5", " 1"]
NO_REVISION = ["", '""', "x", '"x"', 'W/"1"', "*", "-1", "1.0", '"1", "2"', "9" * 40, "１", "1\x00"]
NO_KEY = ["", " ", "a" * 81, "a" * 1_000_000, "a\x00b", "a\x1fb", "a\tb", "schlüssel", "a\x7fb"]


def bodies_with(field: str, values: list) -> list[bytes]:
    """Bodies whose one field holds each value."""
    return [json.dumps({field: value}).encode() for value in values]
