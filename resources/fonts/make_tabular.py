#!/usr/bin/env python3
"""Makes the bundled fonts from the Inter OpenType files: digits point to their tabular forms, the family gets its own name.

Qt 6.4 cannot switch on the OpenType feature "tnum", so the character map is rewritten instead (OpenType 1.9, cmap format 12).
Usage: make_tabular.py INTER_FOLDER OUT_FOLDER
"""
import struct
import sys

FAMILY = "Vidimus Inter"


def u16(data, at):
    return struct.unpack_from(">H", data, at)[0]


def u32(data, at):
    return struct.unpack_from(">I", data, at)[0]


def read_tables(font):
    return {font[at:at + 4]: font[u32(font, at + 8):u32(font, at + 8) + u32(font, at + 12)]
            for at in range(12, 12 + 16 * u16(font, 4), 16)}


def coverage(data, at):
    count = u16(data, at + 2)
    if u16(data, at) == 1:
        return [u16(data, at + 4 + 2 * i) for i in range(count)]
    glyphs = []
    for i in range(count):
        start, end = struct.unpack_from(">HH", data, at + 4 + 6 * i)
        glyphs += range(start, end + 1)
    return glyphs


def tabular_forms(gsub):
    """Glyph → tabular glyph, from the single substitutions of the feature 'tnum'."""
    features, lookups = u16(gsub, 6), u16(gsub, 8)
    forms = {}
    for i in range(u16(gsub, features)):
        record = features + 2 + 6 * i
        if gsub[record:record + 4] != b"tnum":
            continue
        feature = features + u16(gsub, record + 4)
        for j in range(u16(gsub, feature + 2)):
            lookup = lookups + u16(gsub, lookups + 2 + 2 * u16(gsub, feature + 4 + 2 * j))
            for k in range(u16(gsub, lookup + 4)):
                sub = lookup + u16(gsub, lookup + 6 + 2 * k)
                kind = u16(gsub, lookup)
                if kind == 7:
                    kind, sub = u16(gsub, sub + 2), sub + u32(gsub, sub + 4)
                if kind != 1:
                    continue
                glyphs = coverage(gsub, sub + u16(gsub, sub + 2))
                for n, glyph in enumerate(glyphs):
                    if u16(gsub, sub) == 1:
                        forms[glyph] = (glyph + u16(gsub, sub + 4)) & 0xFFFF
                    else:
                        forms[glyph] = u16(gsub, sub + 6 + 2 * n)
    return forms


def character_map(cmap):
    for i in range(u16(cmap, 2)):
        at = u32(cmap, 4 + 8 * i + 4)
        if u16(cmap, at) == 12:
            result = {}
            for j in range(u32(cmap, at + 12)):
                start, end, glyph = struct.unpack_from(">III", cmap, at + 16 + 12 * j)
                result.update({code: glyph + code - start for code in range(start, end + 1)})
            return result
    raise SystemExit("no cmap of format 12")


def write_character_map(mapping):
    groups = []
    for code in sorted(mapping):
        if groups and groups[-1][1] == code - 1 and groups[-1][2] + code - groups[-1][0] == mapping[code]:
            groups[-1][1] = code
        else:
            groups.append([code, code, mapping[code]])
    body = struct.pack(">HHIII", 12, 0, 16 + 12 * len(groups), 0, len(groups))
    body += b"".join(struct.pack(">III", *group) for group in groups)
    return struct.pack(">HHHHIHHI", 0, 2, 0, 4, 20, 3, 10, 20) + body


def write_names(copyright_line, licence, style):
    plain = style == "Regular"
    values = {0: copyright_line, 1: FAMILY if plain else f"{FAMILY} {style}", 2: "Regular", 3: f"VidimusInter-{style}",
              4: f"{FAMILY} {style}", 5: "Version 4.000", 6: f"VidimusInter-{style}", 13: licence, 16: FAMILY, 17: style}
    records, text = b"", b""
    for name_id, value in sorted(values.items()):
        encoded = value.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, name_id, len(encoded), len(text))
        text += encoded
    return struct.pack(">HHH", 0, len(values), 6 + len(records)) + records + text


def checksum(data):
    data += b"\0" * (-len(data) % 4)
    return sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF


def write_font(tables):
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">4sHHHH", b"OTTO", count, power * 16, power.bit_length() - 1, (count - power) * 16)
    directory, body, at = b"", b"", 12 + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        directory += struct.pack(">4sIII", tag, checksum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + directory + body


def main(source, target):
    for style in ("Regular", "Medium", "SemiBold"):
        with open(f"{source}/Inter-{style}.otf", "rb") as file:
            tables = read_tables(file.read())
        forms = tabular_forms(tables[b"GSUB"])
        mapping = character_map(tables[b"cmap"])
        for code in map(ord, "0123456789+−"):
            mapping[code] = forms.get(mapping[code], mapping[code])
        tables[b"cmap"] = write_character_map(mapping)
        tables[b"name"] = write_names(
            "Copyright 2016 The Inter Project Authors (https://github.com/rsms/inter)",
            "SIL Open Font License, Version 1.1. A modified version: digits are tabular.", style)
        with open(f"{target}/VidimusInter-{style}.otf", "wb") as file:
            file.write(write_font(tables))


main(sys.argv[1], sys.argv[2])
