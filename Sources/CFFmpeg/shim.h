#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/dict.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

// Function-like and cast macros that Swift cannot import.
static inline int fabula_averror(int e) { return AVERROR(e); }
static const int fabula_AVERROR_EOF = AVERROR_EOF;
static const int64_t fabula_AV_NOPTS_VALUE = AV_NOPTS_VALUE;
