"""The same backend in Python, over ctypes and without any package.

    python3 reader.py LIBRARY SNAPSHOT COUNTRY SITE OFFER MILLISECONDS [DELTA...]

LIBRARY is libvidimus-availability.so. The exit status is 0, 64 for wrong arguments, or what the library said."""

import ctypes
import sys
from ctypes import POINTER, Structure, byref, c_bool, c_char_p, c_int, c_int64, c_size_t, c_uint32, c_uint64, c_void_p


class Text(Structure):
    _fields_ = [("data", c_char_p), ("length", c_size_t)]

    @classmethod
    def of(cls, text):
        encoded = text.encode()
        return cls(encoded, len(encoded))


class Cell(Structure):
    _fields_ = [("stamp", c_uint64), ("column", c_uint32), ("subdivision", c_uint32), ("site", c_uint32),
                ("offer", c_uint32), ("time_rank", c_uint32)]


class Terms(Structure):
    _fields_ = [("data", c_void_p), ("length", c_size_t)]


class Answer(Structure):
    _fields_ = [("available", c_bool), ("terms_from", Terms)]


# enum vav_status, from 1 on
STATUS = ["it cannot be opened or read", "it is no snapshot and no delta of one", "its format is not known",
          "its checksum does not fit", "what it says does not hold together", "it is not signed by that key",
          "it is a delta from another state", "there is not enough memory", "too many older states are held"]


def refused(path, status):
    print(f"{path}: {STATUS[status - 1] if status <= len(STATUS) else f'refused ({status})'}", file=sys.stderr)
    return status


def load(path):
    library = ctypes.CDLL(path)
    library.vav_open_file.argtypes = [POINTER(c_void_p), c_char_p, c_char_p]
    library.vav_apply_file.argtypes = [c_void_p, c_char_p]
    library.vav_close.argtypes = [c_void_p]
    library.vav_acquire.argtypes = [c_void_p]
    library.vav_acquire.restype = c_void_p
    library.vav_release.argtypes = [c_void_p]
    library.vav_make_cell.argtypes = [c_void_p, Text, Text, Text, Text, c_int64]
    library.vav_make_cell.restype = Cell
    library.vav_list_from.argtypes = [c_void_p, POINTER(Cell), POINTER(c_uint32), POINTER(c_uint32), c_size_t]
    library.vav_list_from.restype = c_size_t
    library.vav_title_id.argtypes = [c_void_p, c_uint32, c_char_p, c_size_t]
    library.vav_title_id.restype = c_size_t
    library.vav_ask.argtypes = [c_void_p, c_uint32, POINTER(Cell)]
    library.vav_ask.restype = Answer
    library.vav_open_file.restype = library.vav_apply_file.restype = c_int
    return library


def available(library, state, cell):
    """Ids of the titles that are available, each with the grant that its terms come from."""
    cursor, page, room = c_uint32(0), (c_uint32 * 50)(), ctypes.create_string_buffer(256)
    while got := library.vav_list_from(state, byref(cell), byref(cursor), page, len(page)):
        for title in page[:got]:
            length = library.vav_title_id(state, title, room, len(room))
            terms = library.vav_ask(state, title, byref(cell)).terms_from
            yield room.raw[:length].decode(), ctypes.string_at(terms.data, terms.length).decode()


def main(path, snapshot, country, site, offer, at, *deltas):
    library, reader = load(path), c_void_p()
    if status := library.vav_open_file(byref(reader), snapshot.encode(), None):
        return refused(snapshot, status)
    for delta in deltas:
        if status := library.vav_apply_file(reader, delta.encode()):
            library.vav_close(reader)
            return refused(delta, status)
    state = library.vav_acquire(reader)
    cell = library.vav_make_cell(state, Text.of(country), Text.of(""), Text.of(site), Text.of(offer), int(at))
    for title, terms in available(library, state, cell):
        print(title, terms)
    library.vav_release(state)
    library.vav_close(reader)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 7 or not sys.argv[6].lstrip("-").isdigit():
        print(__doc__, file=sys.stderr)
        sys.exit(64)
    try:
        sys.exit(main(*sys.argv[1:]))
    except OSError as fault:  # the library itself
        print(fault, file=sys.stderr)
        sys.exit(64)
