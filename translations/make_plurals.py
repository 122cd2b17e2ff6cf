#!/usr/bin/env python3
"""Fills the English plural forms of a .ts file made by "lupdate -pluralonly": "%n window(s)" becomes "%n window" and
"%n windows". A form that a person wrote stays. Usage: make_plurals.py vidimus_en.ts"""
import sys
import xml.etree.ElementTree as tree

VERBS = {
    " end within": " ends within",
    " change for": " changes for",
    " go dark": " goes dark",
    " need attention": " needs attention",
    " contradict each": " contradicts each",
    "operation wait here and leave by themselves": "operation waits here and leaves by itself",
    "entries agree": "entry agrees",
    "window have that": "window has that",
    "window move": "window moves",
    "row are bad": "row is bad",
    "list are bad": "list is bad",
}
path = sys.argv[1]
document = tree.parse(path)
for context in document.iter("context"):
    # lupdate does not see through the alias that the publishing pages use for their context.
    if not context.find("name").text:
        context.find("name").text = "Publishing"
for message in document.iter("message"):
    source = message.find("source").text or ""
    translation = message.find("translation")
    forms = translation.findall("numerusform")
    if len(forms) != 2:
        continue
    if all(form.text for form in forms):
        translation.attrib.pop("type", None)
        continue
    one = source.replace("(s)", "").replace("(es)", "")
    # The verb of a single thing: "1 window ends", "1 title changes", "1 needs attention".
    for many, single in VERBS.items():
        one = one.replace(many, single)
    forms[0].text = one
    forms[1].text = source.replace("(s)", "s").replace("(es)", "es")
    translation.attrib.pop("type", None)
text = tree.tostring(document.getroot(), encoding="unicode")
with open(path, "w", encoding="utf-8") as file:
    file.write('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + text + "\n")
