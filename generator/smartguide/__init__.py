"""A generator of knowledge bases: YAML records and JSON Schemas in; a linked site, an API and open data out.

What is named here is the public face; everything else may change without notice. It is explained in
docs/extending.md.
"""

from smartguide.building import BuildError
from smartguide.building import build_site as build
from smartguide.checks.checking import Checked, check
from smartguide.extensions import export, figures, reference_hint, rule, search_names, template_function
from smartguide.findings import Finding, Place, Problem, Severity
from smartguide.model.entries import Entry
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record, Reference
from smartguide.model.letters import folded
from smartguide.model.names import UnknownNameError
from smartguide.model.properties import Property
from smartguide.project import Project
from smartguide.session import Session, load

__version__ = "0.1.0"

__all__ = [
    "BuildError",
    "Checked",
    "Collection",
    "Entry",
    "Finding",
    "Kind",
    "KnowledgeBase",
    "Place",
    "Problem",
    "Project",
    "Property",
    "Record",
    "Reference",
    "Session",
    "Severity",
    "UnknownNameError",
    "build",
    "check",
    "export",
    "figures",
    "folded",
    "load",
    "reference_hint",
    "rule",
    "search_names",
    "template_function",
]
