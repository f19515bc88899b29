#!/usr/bin/env bash
# Break glass: puts a Deployment back by hand when Snapback itself is down. Needs bash and kubectl, nothing else.
#
#   auto-rollback.sh NAMESPACE DEPLOYMENT [--to-revision N] [--dry-run] [--yes] [--timeout SECONDS]
#
#   --to-revision N    the revision to go back to; without it the revisions are shown and you are asked
#   --dry-run          asks the API server whether it would take the change, and changes nothing
#   --yes              does not ask for confirmation; needs --to-revision
#   --timeout SECONDS  how long to wait for the rollout (default 300)
#
# It replaces the pod template alone, as Snapback does: replicas, strategy and annotations stay (kubectl rollout undo
# would replace the annotations too). ConfigMaps and Secrets are not put back.
#
# Exit codes
#   0  put back and rolled out, or the dry run was accepted
#   1  kubectl or the API server failed, or it refused the change
#   2  wrong arguments, or no revision was named
#   3  there is no such Deployment or revision, or it is current already
#   4  the Deployment is paused, or was changed while this ran: nothing was done
#   5  put back, but the rollout was not complete in time
#   6  you said no
set -euo pipefail

die() { # code message...
  local code=$1
  shift
  printf 'auto-rollback: %s\n' "$*" >&2
  exit "$code"
}
usage() {
  sed -n '4,9p' "${BASH_SOURCE[0]}" | sed 's/^# \{0,1\}//' >&2
  exit 2
}
is_number() { [[ $1 =~ ^[1-9][0-9]{0,8}$ ]]; }

# --- arguments
namespace='' deployment='' to='' dry_run='' yes='' timeout=300
while (($#)); do
  case $1 in
    --to-revision | --timeout)
      (($# > 1)) || die 2 "$1 needs a number"
      is_number "$2" || die 2 "$1 needs a number, not '$2'"
      if [[ $1 == --timeout ]]; then timeout=$2; else to=$2; fi
      shift
      ;;
    --to-revision=*) to=${1#*=}; is_number "$to" || die 2 "--to-revision needs a number, not '$to'" ;;
    --timeout=*) timeout=${1#*=}; is_number "$timeout" || die 2 "--timeout needs a number, not '$timeout'" ;;
    --dry-run) dry_run=1 ;;
    --yes | -y) yes=1 ;;
    -h | --help) usage ;;
    -*) die 2 "unknown option $1 (--help tells)" ;;
    *)
      if [[ -z $namespace ]]; then namespace=$1
      elif [[ -z $deployment ]]; then deployment=$1
      else die 2 "one argument too many: $1"; fi
      ;;
  esac
  shift
done
[[ $namespace && $deployment ]] || usage
command -v kubectl >/dev/null || die 1 'kubectl is not in PATH'

kube() { kubectl --namespace "$namespace" --request-timeout=15s "$@"; }

# --- the Deployment
number='deployment\.kubernetes\.io/revision'
facts=$(kube get deployment "$deployment" --ignore-not-found \
  -o jsonpath="{.metadata.uid}|{.metadata.generation}|{.metadata.annotations.$number}|{.spec.paused}") ||
  die 1 "the API server did not give the Deployment $namespace/$deployment"
[[ $facts ]] || die 3 "there is no Deployment $namespace/$deployment"
IFS='|' read -r uid generation current paused <<<"$facts"

# --- its revisions: the ReplicaSets that it controls
owner='.metadata.ownerReferences[?(@.controller==true)].uid'
columns="{range .items[*]}{$owner}{'\t'}{.metadata.annotations.$number}{'\t'}{.metadata.name}{'\t'}"
columns+="{.metadata.creationTimestamp}{'\t'}{.spec.template.spec.containers[*].image}{'\n'}{end}"
revisions=$(kube get replicasets -o jsonpath="$columns") || die 1 "the API server did not give the ReplicaSets of $namespace"
revisions=$(awk -F'\t' -v uid="$uid" '$1 == uid && $2 != ""' <<<"$revisions" | sort -t$'\t' -k2,2nr)
[[ $revisions ]] || die 3 "$namespace/$deployment has no revisions"
column_of() { awk -F'\t' -v n="$1" -v c="$2" '$2 == n { print $c; exit }' <<<"$revisions"; }

printf 'Revisions of %s/%s:\n\n' "$namespace" "$deployment" >&2
while IFS=$'\t' read -r _ revision name created images; do
  mark=''
  if [[ $revision == "$current" ]]; then mark='   <- current'; fi
  printf '  %4s  %s  %s  %s%s\n' "$revision" "$created" "$name" "$images" "$mark" >&2
done <<<"$revisions"
printf '\nThe time is when the ReplicaSet was made, not when it last served.\n' >&2

# --- which one: named, never guessed
if [[ $paused == true ]]; then
  die 4 "$namespace/$deployment is paused: a rollback would not start. Resume it first: kubectl -n $namespace rollout resume deployment/$deployment"
fi
if [[ -z $to ]]; then
  [[ -z $yes && -t 0 ]] || die 2 'name the revision to go back to: --to-revision N (the one before is not always a good one)'
  read -r -p 'Go back to revision (no default): ' to || true
  is_number "$to" || die 2 'no revision was named'
fi
replica_set=$(column_of "$to" 3)
[[ $replica_set ]] || die 3 "revision $to is not there any more (revisionHistoryLimit), or never was"
[[ $to != "$current" ]] || die 3 "revision $to is current already"
from_images=$(column_of "$current" 5)
to_images=$(column_of "$to" 5)
what="$namespace/$deployment from revision ${current:-unknown} (${from_images:-unknown}) to revision $to ($to_images)"

if [[ -z $yes && -z $dry_run ]]; then
  [[ -t 0 ]] || die 2 'there is nobody to ask: confirm with --yes'
  read -r -p "Roll back $what? [y/N] " answer || true
  [[ $answer == y || $answer == Y || $answer == yes ]] || die 6 'nothing was done'
fi

# --- the patch: only if nothing else was changed meanwhile
template=$(kube get replicaset "$replica_set" -o jsonpath='{.spec.template}') || die 1 "the API server did not give the ReplicaSet $replica_set"
[[ $template == '{'* ]] || die 1 'this kubectl prints no JSON for a template: use 1.18 or later'
patch=$(
  cat <<JSON
[{"op":"test","path":"/metadata/uid","value":"$uid"},
 {"op":"test","path":"/metadata/generation","value":$generation},
 {"op":"replace","path":"/spec/template","value":$template},
 {"op":"remove","path":"/spec/template/metadata/labels/pod-template-hash"}]
JSON
)
send() { kube patch deployment "$deployment" --type=json --patch="$patch" --field-manager=auto-rollback.sh "$@" >/dev/null; }
if ! send ${dry_run:+--dry-run=server}; then
  now=$(kube get deployment "$deployment" -o jsonpath='{.metadata.generation}' 2>/dev/null || true)
  if [[ $now && $now != "$generation" ]]; then
    die 4 "$namespace/$deployment was changed while this ran (generation $generation, now $now): look at it, then run this again"
  fi
  die 1 "the API server did not take the change (see above); $namespace/$deployment is as it was"
fi
if [[ $dry_run ]]; then
  printf 'Dry run: the API server would take it. Nothing was changed.\n  %s\n' "$what"
  exit 0
fi
at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
printf 'Put back at %s: %s\nWaiting for the rollout ...\n' "$at" "$what"

# --- wait, and tell
if ! kubectl --namespace "$namespace" rollout status "deployment/$deployment" --timeout="${timeout}s"; then
  die 5 "the template was put back, but the rollout is not complete. Look at: kubectl -n $namespace get pods"
fi
new=$(kube get deployment "$deployment" -o jsonpath="{.metadata.annotations.$number}")
cat <<TELL

Done. ${deployment} runs what was revision $to; Kubernetes now counts it as revision $new.

When Snapback is back, tell it:
  - what was done: $what, at $at, by hand with this script. Snapback shows it as a deploy, not as one of its rollbacks.
  - that revision ${current:-unknown} (${from_images:-unknown}) was bad. It does not know: until that version is fixed, pause the
    workload in Snapback, or a redeploy of it looks like any other, and it may be chosen as a target.
TELL
