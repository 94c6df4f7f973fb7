#!/usr/bin/env bash
# What action.yml runs, and our own CI with it. SCENARIOS: patterns, with blanks between; AGAINST: the baselines;
# ALLOW_CODE: true where scenarios may load their modules; JUNIT: where the JUnit file goes; REPORT: the folder of the
# report. Exits as `yumasim check` does.
set -euo pipefail
program="$(dirname "${BASH_SOURCE[0]}")/../dist/sim/cli/main.js"

shopt -s globstar nullglob
files=()
for pattern in $SCENARIOS; do files+=("$pattern"); done
if [ "${#files[@]}" -eq 0 ]; then
  echo "::error title=yumasim check::no file is named by: $SCENARIOS"
  exit 2
fi

options=()
if [ "${ALLOW_CODE:-false}" = true ]; then options+=(--allow-code); fi

code=0
complaints=$(mktemp)
trap 'rm -f "$complaints"' EXIT
output=$(node "$program" check "${files[@]}" "${options[@]}" --against "$AGAINST" --github --junit "$JUNIT" --report "$REPORT" 2>"$complaints") || code=$?
if [ "$code" -le 1 ]; then
  cat "$complaints" >&2
else
  # Nothing was compared: what is wrong is all that there is to say.
  message=$(cat "$complaints")
  message=${message//'%'/'%25'}
  output="::error title=yumasim check::${message//$'\n'/'%0A'}"$'\n'"$(cat "$complaints")"
fi
printf '%s\n' "$output"
# The page of the run on GitHub; the annotations are shown elsewhere.
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  { echo '```text'; grep -v '^::' <<<"$output" || true; echo '```'; } >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"
