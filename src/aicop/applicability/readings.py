"""What the documents leave open, with the arguments, and how aicop reads them where they make no statement."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from aicop.applicability.records import OpenQuestion, Reason
from aicop.model.edition import Source
from aicop.vocabulary import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where a role is in question it is assumed to be held: a duty too many costs work, a duty too few is nobody's.
_QUESTIONS = (
    OpenQuestion(
        key="adapting-without-training",
        question="Are prompts, retrieval or tools around somebody else's model an adaptation, so that whoever adds "
        "them is a Developer?",
        argument_for="The definition names systems beside models, and prompts, retrieval and tools decide what "
        "the system does. The Code has Developers document prompts and log their changes (2.3 and 8.3; in ETSI's "
        "numbers 5.1.2-3 and 5.2.4-3), and the Implementation Guide works this out for a chatbot on a provider's "
        "model.",
        argument_against="The model stays as its maker trained it. The Code also speaks of System Operators who "
        "adapt models (7.2; 5.2.3-2), so not everybody who adapts is a Developer by that alone.",
        assumed="Adapting a model without training it is assumed to make a Developer.",
    ),
    OpenQuestion(
        key="product-as-system",
        question="Does putting somebody else's model, as it is, into a product create an AI system, so that the "
        "maker of the product is a Developer?",
        argument_for="The definition covers creating a system as well as a model. The product is a new system, and "
        "nobody but its maker can test and document it as a whole.",
        argument_against="Nothing of the model is created or changed, and embedding has its place in the "
        "definition of the System Operator.",
        assumed="Making a product around an unchanged model is assumed to make a Developer.",
    ),
    OpenQuestion(
        key="product-as-infrastructure",
        question="Is a product part of its maker's infrastructure, so that putting a model into it makes a System "
        "Operator even if only customers run the product?",
        argument_for="The definition names embedding beside deploying, and the maker of the product chooses the "
        "model and how it is used.",
        argument_against="The definition is about the infrastructure of the one who embeds. A product that "
        "customers run is on theirs, and they deploy it.",
        assumed="Putting a model into a product is assumed to make a System Operator.",
    ),
    OpenQuestion(
        key="hosted-by-vendor",
        question="Is an organisation a System Operator if its staff use a service that runs on the infrastructure "
        "of a vendor?",
        argument_for="The organisation decides who uses the service, for what and with which data. System "
        "Operators are to tell users where their data goes and which uses are prohibited (10.1 and 4.5; in ETSI's "
        "numbers 5.3.1-1 and 5.1.4-5), and for its staff the organisation is best placed to do so.",
        argument_against="The definition is about an organisation's own infrastructure. Here the vendor deploys "
        "the system on its own, and is a System Operator itself.",
        assumed="Giving staff a service that a vendor runs is assumed to make a System Operator.",
    ),
    OpenQuestion(
        key="maintaining",
        question="Is an organisation a System Operator if it maintains a system that others have deployed?",
        argument_for="The European Standard names maintaining in its definition, and the duties of System "
        "Operators include updates and monitoring (11.1 and 12.1; in ETSI's numbers 5.4.1-1 and 5.4.2-1).",
        argument_against="The Code's definition, as far as it is known, names embedding and deploying only.",
        assumed="Maintaining a system is assumed to make a System Operator.",
    ),
    OpenQuestion(
        key="data-of-others",
        question="Is an organisation a Data Custodian if it stores or indexes data for a system, and others decide "
        "about the data?",
        argument_for="Whoever stores or indexes the data enforces its permissions and keeps it intact, and the "
        "definition is about control and not about ownership.",
        argument_against="The definition includes those who set policy for the data. If others decide who may "
        "see and change it, they control it, and the holder acts for them.",
        assumed="Holding data that others decide about is assumed to make a Data Custodian.",
    ),
    OpenQuestion(
        key="model-sellers",
        question="Is an organisation out of scope if it only sells models, components or licences?",
        argument_for="No definition of a role names selling, and accounts of the Code say that such vendors are "
        "out of its scope.",
        argument_against="This edition makes no such exception, and some duties fall on every Organisation.",
        assumed="An organisation that only sells is assumed to be out of scope.",
    ),
    OpenQuestion(
        key="research-only",
        question="Is AI for academic research that is never deployed out of scope?",
        argument_for="The Code and its ETSI successors leave it out.",
        argument_against="This edition makes no such exception.",
        assumed="AI for academic research alone that is never deployed is assumed to be out of scope.",
    ),
)
QUESTIONS: Mapping[str, OpenQuestion] = MappingProxyType({item.key: item for item in _QUESTIONS})
"""The questions by key."""

_JUDGEMENT = Source(
    key="aicop",
    document="aicop",
    locator="applicability",
    grade=Grade.JUDGEMENT,
    read="2026-11-22",
    note="Used if the document makes no statement of its own.",
)
_INFERENCE = attrs.evolve(
    _JUDGEMENT,
    key="aicop-inferred",
    grade=Grade.INFERRED,
    note="Concluded from provision 8.1.1 of the Code (in ETSI's numbers 5.2.4-1.1), which lists data for fine-tuning "
    "among what Developers document.",
)
_JUDGEMENTS = {
    **{item.key: item.assumed for item in _QUESTIONS},
    "staff": "The definition names people. What it asks of the staff is counted for their organisation.",
    "ai-systems": "An organisation that holds one of the roles is assumed to be in scope.",
    "several-roles": "One organisation is assumed to be able to hold several roles at once.",
    "organisation-duties": "An organisation in scope also has the duties of Organisations: training and reporting.",
    "no-role": "An organisation that holds none of the roles is assumed to be out of scope.",
    "undefined-role": "The document does not define this role; the Code's definition is assumed.",
}
READINGS: Mapping[str, Reason] = MappingProxyType(
    {
        "further-training": Reason(
            key="further-training", text="Training a model further is adapting it.", source=_INFERENCE
        ),
        **{key: Reason(key=key, text=text, source=_JUDGEMENT) for key, text in _JUDGEMENTS.items()},
    }
)
"""Our readings by key; a scope statement of an edition with the same key takes the place of one."""
