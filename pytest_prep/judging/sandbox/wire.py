"""Frames on a stream: one byte for the kind, eight for the length, then the bytes."""

from __future__ import annotations

import os
import socket
import struct

_HEAD = struct.Struct("<cQ")
HEAD = _HEAD.size


class Closed(Exception):
    """The other side is gone."""


def write_frame(handle: int, kind: bytes, body: bytes) -> None:
    """Write a frame to a file descriptor.

    Raises:
        OSError: nobody reads it any more.
    """
    view = memoryview(_HEAD.pack(kind, len(body)) + body)
    while view:
        view = view[os.write(handle, view) :]


def read_frame(handle: int) -> tuple[bytes, bytes]:
    """Read a frame from a file descriptor.

    Raises:
        Closed: the other side is gone.
    """

    def exactly(count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            piece = os.read(handle, count - len(parts))
            if not piece:
                raise Closed
            parts += piece
        return bytes(parts)

    kind, length = _HEAD.unpack(exactly(HEAD))
    return kind, exactly(length)


def send(channel: socket.socket, kind: bytes, body: bytes) -> None:
    """Send a frame.

    Raises:
        Closed: the other side is gone.
    """
    try:
        channel.sendall(_HEAD.pack(kind, len(body)))
        channel.sendall(body)
    except OSError as error:
        raise Closed from error


def receive(channel: socket.socket) -> tuple[bytes, bytes]:
    """Return the next frame's kind and bytes.

    Raises:
        Closed: the other side is gone.
        TimeoutError: it says nothing within the channel's timeout.
    """
    kind, length = _HEAD.unpack(_exactly(channel, HEAD))
    return kind, _exactly(channel, length)


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        try:
            got = channel.recv(min(count - len(parts), 1 << 20))
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed from error
        if not got:
            raise Closed
        parts += got
    return bytes(parts)


class Frames:
    """Puts frames together out of the pieces in which they come."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """Bytes of the frame that is not complete yet."""
        return len(self._buffer)

    def feed(self, piece: bytes) -> list[tuple[bytes, bytes]]:
        """Take a piece; return the frames that are complete with it."""
        self._buffer += piece
        frames = []
        while len(self._buffer) >= HEAD:
            kind, length = _HEAD.unpack_from(self._buffer)
            if len(self._buffer) < HEAD + length:
                break
            frames.append((kind, bytes(self._buffer[HEAD : HEAD + length])))
            del self._buffer[: HEAD + length]
        return frames
