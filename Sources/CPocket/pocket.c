#include "CPocket.h"
