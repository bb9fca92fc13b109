#!/usr/bin/env bash
# The step of the action that checks. Inputs are the variables GATE_...; lists are separated by commas or line breaks.
# Findings are printed as annotations, and a summary is appended to the file that GITHUB_STEP_SUMMARY names.
set -euo pipefail

arguments=()

# Add each item of a list, with an option before it unless that is empty.
add() {
  local item
  while IFS= read -r item; do
    item="${item#"${item%%[![:space:]]*}"}"
    item="${item%"${item##*[![:space:]]}"}"
    if [ -n "$item" ]; then
      if [ -n "$1" ]; then
        arguments+=("$1")
      fi
      arguments+=("$item")
    fi
  done < <(printf '%s\n' "$2" | tr ',' '\n')
}

add --fail-on "${GATE_FAIL_ON:-}"
add --role "${GATE_ROLE:-}"
add --phase "${GATE_PHASE:-}"
if [ -n "${GATE_DATE:-}" ]; then
  arguments+=(--on "$GATE_DATE")
fi
if [ -n "${GATE_SARIF:-}" ]; then
  arguments+=(--report "sarif=$GATE_SARIF")
fi
if [ -n "${GATE_JUNIT:-}" ]; then
  arguments+=(--report "junit=$GATE_JUNIT")
fi
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
arguments+=(--report "markdown=$scratch/summary.md" --format github --force --library "${GATE_LIBRARY:-.}")
if [ -z "$(printf '%s' "${GATE_SYSTEMS:-}" | tr -d ', \t\r\n')" ]; then
  arguments+=(--all)
else
  # What follows is no option, whatever it begins with.
  arguments+=(--)
  add "" "$GATE_SYSTEMS"
fi

code=0
aicop assess check "${arguments[@]}" || code=$?
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$scratch/summary.md" ]; then
  cat "$scratch/summary.md" >> "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
