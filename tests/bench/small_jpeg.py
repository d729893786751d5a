"""Real pictures of any size from a few hundred bytes on, without a library: baseline JPEG, grey, of random
coefficients. Most of a camera's upload is such data, and whoever opens the file has a picture to decode.

picture(size) makes one; unique(picture, text) gives it another comment, so that no two uploads are the same.
"""
import random
import struct

# Code tables with fixed lengths: all symbols have 3 bits, and the code of all ones is not used.
DC_SIZES = list(range(6))
AC_SYMBOLS = [0x00, 0x01, 0x02, 0x03, 0x04, 0x11, 0x12]  # end of block; run << 4 | size
END_OF_BLOCK, FIRST_AC, LAST_AC = 0, 1, 4
BITS_PER_BLOCK = 112
COMMENT_BYTES = 40
HEADERS = 250  # about
MOST_PADDING = 60_000


def segment(marker, payload):
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def code_table(kind, symbols):
    return segment(0xC4, bytes([kind]) + bytes([0, 0, len(symbols)] + [0] * 13) + bytes(symbols))


class Bits:
    def __init__(self):
        self.value, self.count, self.out = 0, 0, bytearray()

    def add(self, value, count):
        self.value = self.value << count | value
        self.count += count
        while self.count >= 8:
            self.count -= 8
            byte = self.value >> self.count & 0xFF
            self.out.append(byte)
            if byte == 0xFF:
                self.out.append(0)  # so that it is no marker
        self.value &= (1 << self.count) - 1

    def end(self):
        if self.count:
            self.add((1 << (8 - self.count)) - 1, 8 - self.count)
        return bytes(self.out)


def scan(blocks, bits_per_block, numbers):
    bits, level = Bits(), 0
    for _ in range(blocks):
        size = numbers.randrange(1, 5)
        value = numbers.randrange(1 << (size - 1), 1 << size)
        if level > 0:
            value = -value  # towards the middle grey
        level += value
        bits.add(size, 3)
        bits.add(value if value > 0 else value + (1 << size) - 1, size)
        left = bits_per_block - 6 - size
        for _ in range(60):
            symbol = numbers.randrange(FIRST_AC, LAST_AC + 1)
            left -= 3 + symbol
            if left < 0:
                break
            bits.add(symbol, 3)
            bits.add(numbers.getrandbits(symbol), symbol)
        bits.add(END_OF_BLOCK, 3)
    return bits.end()


def picture(size, seed=1):
    """A JPEG of exactly `size` bytes, 500 at least."""
    blocks = max(1, int((size - HEADERS) * 0.95 * 8 / BITS_PER_BLOCK))
    columns = max(1, int((blocks * 16 / 9) ** 0.5))
    rows = max(1, blocks // columns)
    numbers = random.Random(seed)
    head = b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xFE, bytes(COMMENT_BYTES))
    rest = (segment(0xDB, b"\0" + bytes([8] + [4] * 63)) +
            segment(0xC0, struct.pack(">BHHBBBB", 8, rows * 8, columns * 8, 1, 1, 0x11, 0)) +
            code_table(0x00, DC_SIZES) + code_table(0x10, AC_SYMBOLS) +
            segment(0xDA, bytes([1, 1, 0x00, 0, 63, 0])) + scan(columns * rows, BITS_PER_BLOCK, numbers) +
            b"\xff\xd9")
    padding = size - len(head) - len(rest)
    if padding < 0:
        raise ValueError("a picture of %d bytes is too small" % size)
    out = head
    while padding >= 4:
        take = min(padding, MOST_PADDING)
        if 0 < padding - take < 4:
            take -= 4
        out += segment(0xFE, bytes(take - 4))
        padding -= take
    # What is too short for a segment: a marker may be preceded by any number of FF.
    return out + b"\xff" * padding + rest


def unique(of, text):
    """The same picture with this comment of at most 40 ASCII characters."""
    at = of.index(b"\xff\xfe") + 4
    return of[:at] + text.encode("ascii").ljust(COMMENT_BYTES)[:COMMENT_BYTES] + of[at + COMMENT_BYTES:]
