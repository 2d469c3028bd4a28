#!/bin/bash
# What training needs of this machine, for one with a GPU and PyTorch but nothing else and no way to fetch it:
#   Training/away/pack.sh BUNDLE.tar.xz
# holds diffusers, WordNet's nouns, CLDR's names and the glyphs of the catalogue: 7 MB. Text encoder,
# autoencoder and UNet travel as the exported weights in the repository.
set -e
bundle=$(realpath -m "$1")
here=$(dirname "$(realpath "$0")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install fonttools
"$folder/venv/bin/pip" -q download --no-deps -d "$folder" "$(grep '^diffusers' "$here/../requirements.txt")" importlib_metadata
root="$folder/root"
mkdir -p "$root/site"
for wheel in "$folder"/*.whl; do python3 -m zipfile -e "$wheel" "$root/site"; done
for file in /usr/share/wordnet/{index,data}.noun /usr/share/unicode/cldr/common/annotations/{en,de}.xml; do
  mkdir -p "$root$(dirname $file)"
  cp $file "$root$file"
done
font=/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf
mkdir -p "$root$(dirname $font)"
"$folder/venv/bin/pyftsubset" $font --text="$(tail -n +2 "$here/../pocket/things.tsv" | cut -f2 | tr -d '\n')" \
  --output-file="$root$font" --layout-features='*' 2> /dev/null
tar cJf "$bundle" -C "$root" .
du -h "$bundle"
