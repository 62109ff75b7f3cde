"""Files that systems and editors put beside others: they are no content, come and go, and are left alone."""

from __future__ import annotations

import re
from typing import Final

_LEFT_ALONE: Final = re.compile(
    r"\..*"  # hidden files: .git, .DS_Store, ._x.yml (macOS), .#x.yml (Emacs), .x.yml.swp (Vim)
    r"|~\$.*"  # locks of Office
    r"|.*~"  # copies of editors
    r"|\#.*\#"  # unsaved text of Emacs
    r"|.*___jb_(?:tmp|old)___|4913"  # what JetBrains' editors and Vim write for a moment
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|__macosx",
    re.IGNORECASE | re.DOTALL,
)


def is_left_alone(name: str) -> bool:
    """Tell whether a file or a folder of this name (without the path to it) is left alone: not read, not published."""
    return _LEFT_ALONE.fullmatch(name) is not None
