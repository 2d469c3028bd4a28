#pragma once
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/dict.h>
#include <libavutil/display.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libavutil/sha.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

// Function-like and cast macros that Swift cannot import.
static inline int fabula_averror(int e) { return AVERROR(e); }
static const int fabula_AVERROR_EOF = AVERROR_EOF;
static const int64_t fabula_AV_NOPTS_VALUE = AV_NOPTS_VALUE;

// C arrays inside a frame, which Swift would see as tuples.
static inline uint8_t **fabula_planes(AVFrame *frame) { return frame->data; }
static inline int *fabula_strides(AVFrame *frame) { return frame->linesize; }

// FFmpeg says why it failed only in its log. Keep the last complaint of this thread, print nothing.
void fabula_log_capture(void);
const char *fabula_log_last(void);
void fabula_log_clear(void);

// A file that exists in memory only, or -1: Swift's Glibc doesn't show memfd_create.
int fabula_memory_file(void);
