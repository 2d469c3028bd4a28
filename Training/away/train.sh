#!/bin/bash
# The UNet of the exported weights goes on for SECONDS, on all cores and the GPU, in a folder in memory:
#   Training/away/train.sh BUNDLE.tar.xz SECONDS [options of train-turbo]
# With TEXT=MINUTES the text encoder learns first: after things were added to what is carried. All cores but
# three draw scenes all the while. Writes OUT/unet-00, unet-01 ... (15 MiB each, `cat` joins them into
# unet/diffusion_pytorch_model.safetensors), the text encoder, the classifier of `evaluate`, the loss and
# pictures.
# It runs as root, for the bundle's files go where the packages would put them.
set -e
end=$(($(date +%s) + $2))
bundle=$(realpath "$1")
repository=$(dirname "$(dirname "$(dirname "$(realpath "$0")")")")
out=$(realpath -m "${OUT:-out}")
run=${RUN:-/dev/shm/pocket}
shift 2
mkdir -p "$run/scenes" "$out"
tar xJf "$bundle" -C "${ROOT:-/}"
export PYTHONPATH=${ROOT:-}/site PYTHONUNBUFFERED=1 OMP_NUM_THREADS=1
# Freed pages are kept: fetching them again took half the time.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456
cd "$repository/Training"
python3 -m pocket begin --run "$run"
cores=$(nproc)
drawers=()
for ((core = 3; core < cores; core++)); do
  CUDA_VISIBLE_DEVICES= taskset -c $core python3 -m pocket draw --run "$run" --first $((core * 300)) --last $((core * 300 + 300)) > "$out/draw.log" 2>&1 &
  drawers+=($!)
done
trap 'kill "${drawers[@]}" 2> /dev/null' EXIT
taskset -c 2 python3 -c "from pocket import reader; reader.load('$run/reader.pt')" > "$out/reader.log" 2>&1 &
reader=$!
if [ -n "$TEXT" ]; then
  taskset -c 0,1 python3 -m pocket train-text --run "$run" --minutes "$TEXT" | tee "$out/text.log"
fi
until ls "$run"/scenes/*.pt > /dev/null 2>&1; do sleep 0.2; done
minutes=$(python3 -c "print(($end - $(date +%s)) / 60)")
taskset -c 0,1 python3 -m pocket train-turbo --run "$run" --minutes "$minutes" --fade "$minutes" "$@" | tee "$out/train.log"
kill "${drawers[@]}"
python3 -m pocket export --run "$run" --out "$run/model"
split -b 15m -d "$run/model/unet/diffusion_pytorch_model.safetensors" "$out/unet-"
cp "$run"/turbo.csv "$run/model/text_encoder_2/model.safetensors" "$out/"
cp "$(ls -t "$run"/turbo-*.png | head -1)" "$out/last.png"
wait $reader && cp "$run/reader.pt" "$out/"
