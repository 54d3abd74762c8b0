"""Importing this loads what every job needs: a process made from one that did starts at once."""

import briefgen.batch.digest
import briefgen.batch.worker
import briefgen.brief.assemble
import briefgen.brief.template_reader
import briefgen.cite
import briefgen.cite.request
import briefgen.facts.read
import briefgen.index
import briefgen.index.build
import briefgen.render.docx
import briefgen.render.pdf
import briefgen.select.pick
import briefgen.workspace.budget
import briefgen.workspace.drafting
import briefgen.workspace.making
import briefgen.workspace.rendering  # noqa: F401
