"""Whether an answer has left this machine for good: what lies in a buffer when the far end hangs up reaches nobody."""

import asyncio
import fcntl
import struct
import termios

ACK_SECONDS = 1.0
LOOK_SECONDS = 0.01


async def has_left(transport: asyncio.Transport) -> bool:
    """Whether the far end's machine has taken all of it; one that does not is hung up on."""
    loop = asyncio.get_running_loop()
    until = loop.time() + ACK_SECONDS
    while not transport.is_closing() and loop.time() < until:
        is_gone = not transport.get_write_buffer_size() and not _unacknowledged(transport)
        await asyncio.sleep(LOOK_SECONDS)  # a far end that has gone resets the line, which empties the queue as well
        if is_gone and not transport.is_closing():
            return True
    transport.abort()
    return False


def _unacknowledged(transport: asyncio.Transport) -> int:
    """Bytes the system still holds, since their arrival was not acknowledged; 0 where it does not tell."""
    socket = transport.get_extra_info("socket")
    try:
        left: int = struct.unpack("i", fcntl.ioctl(socket.fileno(), termios.TIOCOUTQ, bytes(4)))[0]
    except (OSError, AttributeError):
        return 0
    return left
