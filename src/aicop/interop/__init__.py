"""
Readers and writers for the formats of other tools, one module or package per format.

``dumps`` serialises an edition, a framework or a crosswalk. ``loads`` parses a file into an `ImportResult`.
``FORMAT`` lists the facts that the format keeps and those that it loses. `aicop.interop.formats` lists all formats and
reads and writes them by name.
"""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.interop import assessment_tables as assessment_tables
    from aicop.interop import assessment_workbook as assessment_workbook
    from aicop.interop import ciso_assistant as ciso_assistant
    from aicop.interop import columns as columns
    from aicop.interop import common as common
    from aicop.interop import csv as csv
    from aicop.interop import cyclonedx as cyclonedx
    from aicop.interop import formats as formats
    from aicop.interop import markdown as markdown
    from aicop.interop import oscal as oscal
    from aicop.interop import own as own
    from aicop.interop import parquet as parquet
    from aicop.interop import questionnaire as questionnaire
    from aicop.interop import registry as registry
    from aicop.interop import sarif as sarif
    from aicop.interop import skos as skos
    from aicop.interop import sssom as sssom
    from aicop.interop import trestle as trestle
    from aicop.interop import worksheets as worksheets
    from aicop.interop import xlsx as xlsx
    from aicop.interop.common.format import Format, ImportOptions, ImportResult
    from aicop.interop.common.protocol import FormatModule, ReadableFormat, Sample, StreamableFormat
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "common.format": ("Format", "ImportOptions", "ImportResult"),
            "common.protocol": ("FormatModule", "ReadableFormat", "Sample", "StreamableFormat"),
        },
        parts=(
            "assessment_tables",
            "assessment_workbook",
            "ciso_assistant",
            "columns",
            "common",
            "csv",
            "cyclonedx",
            "formats",
            "markdown",
            "oscal",
            "own",
            "parquet",
            "questionnaire",
            "registry",
            "sarif",
            "skos",
            "sssom",
            "trestle",
            "worksheets",
            "xlsx",
        ),
    )

__all__ = [
    "Format",
    "FormatModule",
    "ImportOptions",
    "ImportResult",
    "ReadableFormat",
    "Sample",
    "StreamableFormat",
]
