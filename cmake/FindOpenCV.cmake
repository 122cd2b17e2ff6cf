# Debian's per-module OpenCV packages carry no CMake or pkg-config file. Names the wanted modules only, never all of them:
# objdetect and highgui would bring in Qt 5.
find_path(OpenCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
find_path(OpenCV_ARCH_INCLUDE_DIR opencv2/opencv_modules.hpp PATH_SUFFIXES opencv4)
foreach(_module IN LISTS OpenCV_FIND_COMPONENTS)
    find_library(OpenCV_${_module}_LIBRARY NAMES opencv_${_module})
    if(OpenCV_${_module}_LIBRARY)
        set(OpenCV_${_module}_FOUND TRUE)
        if(NOT TARGET OpenCV::${_module})
            add_library(OpenCV::${_module} UNKNOWN IMPORTED)
            set_target_properties(OpenCV::${_module} PROPERTIES IMPORTED_LOCATION "${OpenCV_${_module}_LIBRARY}"
                INTERFACE_INCLUDE_DIRECTORIES "${OpenCV_INCLUDE_DIR};${OpenCV_ARCH_INCLUDE_DIR}")
        endif()
    endif()
endforeach()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCV REQUIRED_VARS OpenCV_INCLUDE_DIR OpenCV_ARCH_INCLUDE_DIR HANDLE_COMPONENTS)
