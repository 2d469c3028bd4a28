#include "CDeviceCode.h"

static const char source[] = {
#embed "machine.cu"
    ,
#embed "kernels.cu"
    , 0};

const char *fabula_device_source(void) { return source; }
