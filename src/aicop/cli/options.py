"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aicop.cli.output import OutputFormat
from aicop.vocabulary import MappingBasis, Modality, Predicate, Role

FormatOption = Annotated[OutputFormat, typer.Option("--format", "-f", help="How to print.")]
EditionOption = Annotated[str, typer.Option("--edition", "-e", help="Document or document@edition.")]
ViaOption = Annotated[list[str] | None, typer.Option("--via", help="A framework on the way; may be repeated.")]
MappingsOption = Annotated[
    list[Path] | None,
    typer.Option("--with", help="Own mappings (.tsv, .csv) to join; may be repeated."),
]
FrameworkOption = Annotated[
    list[Path] | None,
    typer.Option("--framework", help="An own framework (.json) that mappings name; may be repeated."),
]
BasisOption = Annotated[
    list[str] | None, typer.Option(help=f"Only rows on this basis; may be repeated: {', '.join(MappingBasis)}.")
]
RelationOption = Annotated[
    list[str] | None, typer.Option(help=f"Only rows that say this; may be repeated: {', '.join(Predicate)}.")
]
AuthorOption = Annotated[list[str] | None, typer.Option(help="Only rows of this maker; may be repeated.")]
ConfidenceOption = Annotated[int, typer.Option(min=0, max=10, help="Only rows at least so sure.")]
SinceOption = Annotated[str | None, typer.Option(help="Only rows of this ISO day or later.")]
SourceArgument = Annotated[str, typer.Argument(help="A framework, such as uk-ai-cop or nist-csf@2.0.")]
TargetArgument = Annotated[str, typer.Argument(help="Another, such as iso-iec-42001.")]


RoleOption = Annotated[str | None, typer.Option(help=f"Only what binds this role: {', '.join(Role)}.")]
ModalityOption = Annotated[str | None, typer.Option(help=f"Only what says so: {', '.join(Modality)}.")]
InOption = Annotated[
    list[str] | None, typer.Option("--in", help="Only this item and what stands under it; may be repeated.")
]
OfOption = Annotated[
    list[str] | None, typer.Option("--of", help="What is counted, such as statement; may be repeated.")
]
