"""
The formats of the neighbours: one small module each, domain in and text out, and back.

``dumps`` writes, ``loads`` reads and gives an `aicop.interop.base.Reading`. Each module's ``FORMAT`` says what the
format keeps and what it loses; `aicop.interop.formats` lists them all.
"""
