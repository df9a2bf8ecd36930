"""Pictures by their first bytes: the kind, and a size that a screen can show. Nothing is ever drawn here."""

import struct
from typing import BinaryIO

MOST_PIXELS = 150_000_000
PNG, PNG_END = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", b"\x00\x00\x00\x00IEND\xaeB`\x82"
NO_FRAME = {0xC4, 0xC8, 0xCC}  # among the markers of frames, these mean tables
MOST_SEGMENTS = 2_000


def fits(width: int, height: int) -> bool:
    return width > 0 and height > 0 and width * height <= MOST_PIXELS


def check_png(stream: BinaryIO, size: int) -> bool:
    """From its signature to its last chunk, with nothing behind."""
    head = stream.read(24)
    if len(head) < 24 or not head.startswith(PNG) or not fits(*struct.unpack(">II", head[16:24])):
        return False
    stream.seek(size - len(PNG_END))
    return stream.read() == PNG_END


def check_jpeg(stream: BinaryIO, size: int) -> bool:
    """Segment by segment up to the frame, which says how large the picture is."""
    if stream.read(2) != b"\xff\xd8":
        return False
    for _segment in range(MOST_SEGMENTS):
        head = stream.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            return False
        marker, length = head[1], struct.unpack(">H", head[2:])[0]
        if length < 2:
            return False
        if 0xC0 <= marker <= 0xCF and marker not in NO_FRAME:
            frame = stream.read(5)
            return len(frame) == 5 and fits(*struct.unpack(">HH", frame[1:])[::-1])
        stream.seek(length - 2, 1)
    return False
