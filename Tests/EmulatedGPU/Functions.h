#pragma once
#include <map>
#include <string>

/// Functions by the names that their libraries give them.
using Functions = std::map<std::string, void *>;

const Functions &driver_functions();
const Functions &compiler_functions();
const Functions &product_functions();
const Functions &convolution_functions();
