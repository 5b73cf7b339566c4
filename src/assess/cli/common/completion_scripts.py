"""The completion scripts of the shells; each calls the program by the path that printed it.

A script that called `assess` would fail where that is an alias, or not on the PATH of the shell.
The variables and the lines of the answer are those of click.shell_completion.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Final

SHELLS: Final = ("bash", "zsh", "fish")

_BASH: Final = """\
_assess_completion() {
    local IFS=$' \\t\\n' line
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            plain,*) COMPREPLY+=("${line#plain,}") ;;
            dir,*) compopt -o dirnames ;;
            file,*) compopt -o default ;;
        esac
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" \\
        _ASSESS_COMPLETE=bash_complete PROGRAM 2>/dev/null)
}
complete -o nosort -F _assess_completion assess
"""

_ZSH: Final = """\
#compdef assess
_assess_completion() {
    local -a lines names described
    local kind name text
    lines=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) \\
        _ASSESS_COMPLETE=zsh_complete PROGRAM 2>/dev/null)}")
    for kind name text in "${lines[@]}"; do
        case $kind in
            plain)
                if [[ $text == _ ]]; then names+=("$name"); else described+=("$name:$text"); fi ;;
            dir) _path_files -/ ;;
            file) _path_files ;;
        esac
    done
    (( $#described )) && _describe -V command described
    (( $#names )) && compadd -V names -a names
    return 0
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _assess_completion "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
    compdef _assess_completion assess
fi
"""

_FISH: Final = """\
function __assess_completion
    for line in (env COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -ct) \\
            _ASSESS_COMPLETE=fish_complete PROGRAM 2>/dev/null)
        set -l parts (string split -m 1 , -- $line)
        switch $parts[1]
            case plain
                echo $parts[2]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
        end
    end
end
complete --command assess --no-files --keep-order --arguments '(__assess_completion)'
"""

_SCRIPTS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def completion_script(shell: str) -> str:
    """Return the completion script of a shell, which calls this program by its path."""
    quote = _quote_for_fish if shell == "fish" else shlex.quote
    words = " ".join(map(quote, _find_program_command()))
    return _SCRIPTS[shell].replace("PROGRAM", words)


def _quote_for_fish(word: str) -> str:
    """Return a word in quotes of fish, where a backslash escapes itself and the quote."""
    escaped = word.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _find_program_command() -> list[str]:
    """Return the words that start this program from any folder, whatever the PATH is."""
    if script := os.environ.get("ASSESS_RUN"):
        return [script, "assess"]
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return [sys.executable, "-P", "-m", "assess"]
    return [str(started.absolute())]
