# Declares modules and tests with their dependencies.
#
# gatehouse_module(NAME [DEPENDS module…] [LINK target…])
#   One folder, one static library `gatehouse_NAME`. DEPENDS names the modules whose headers it may
#   include; tests/architecture checks every #include "module/…" against this list.
# gatehouse_test(NAME [DEPENDS module…] [LINK target…] [GUI] [TIMEOUT seconds] [COST number])
#   One test executable `test_NAME` from every *.cpp of the calling folder, and a test of ctest for each class
#   in it. Those of the highest COST start first.

add_library(gatehouse_options INTERFACE)
target_compile_options(gatehouse_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual $<$<BOOL:${GATEHOUSE_WERROR}>:-Werror>)
target_compile_definitions(gatehouse_options INTERFACE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 GATEHOUSE_VERSION="${PROJECT_VERSION}")
target_link_libraries(gatehouse_options INTERFACE Qt6::Core)

define_property(GLOBAL PROPERTY GATEHOUSE_MODULES)
define_property(GLOBAL PROPERTY GATEHOUSE_HEADER_SOURCES)
define_property(GLOBAL PROPERTY GATEHOUSE_HEADER_TARGETS)

function(gatehouse_module name)
    cmake_parse_arguments(M "" "" "DEPENDS;LINK;PRIVATE_LINK" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS *.cpp */*.cpp)
    file(GLOB headers CONFIGURE_DEPENDS *.h */*.h)
    file(GLOB resources CONFIGURE_DEPENDS *.qrc */*.qrc)
    set(target gatehouse_${name})
    add_library(${target} STATIC ${sources} ${resources})
    get_filename_component(layer "${CMAKE_CURRENT_SOURCE_DIR}" DIRECTORY)
    target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${layer}" FILES ${headers})
    target_link_libraries(${target} PUBLIC gatehouse_options tl::expected ${M_LINK} PRIVATE ${M_PRIVATE_LINK})
    foreach(dependency IN LISTS M_DEPENDS)
        target_link_libraries(${target} PUBLIC gatehouse_${dependency})
    endforeach()
    if(GATEHOUSE_PCH)
        target_precompile_headers(${target} PRIVATE <QObject> <QString> <QFuture> <tl/expected.hpp>)
    endif()
    get_filename_component(layer_name "${layer}" NAME)
    string(REPLACE ";" "," dependencies "${M_DEPENDS}")
    set_property(GLOBAL APPEND_STRING PROPERTY GATEHOUSE_MODULES
        "${layer_name}\t${name}\t${dependencies}\n")
    # One source per header, which includes nothing else: see gatehouse_header_check().
    foreach(header IN LISTS headers)
        file(RELATIVE_PATH path "${layer}" "${header}")
        set(source "${CMAKE_BINARY_DIR}/header_check/${layer_name}/${path}.cpp")
        file(CONFIGURE OUTPUT "${source}" CONTENT "#include \"${path}\"\n")
        set_property(GLOBAL APPEND PROPERTY GATEHOUSE_HEADER_SOURCES "${source}")
    endforeach()
    set_property(GLOBAL APPEND PROPERTY GATEHOUSE_HEADER_TARGETS ${target})
endfunction()

# gatehouse_header_check()
#   The target `header_check` compiles every header of every module on its own. CMake's header sets do the
#   same in three times as long: they cannot share a precompiled header. What it holds is what nearly every
#   header includes, so a missing #include of one of these four alone goes unnoticed here.
function(gatehouse_header_check)
    get_property(sources GLOBAL PROPERTY GATEHOUSE_HEADER_SOURCES)
    get_property(targets GLOBAL PROPERTY GATEHOUSE_HEADER_TARGETS)
    add_library(header_check OBJECT EXCLUDE_FROM_ALL ${sources})
    target_link_libraries(header_check PRIVATE ${targets})
    target_precompile_headers(header_check PRIVATE <QObject> <QString> <QFuture> <tl/expected.hpp>)
    set_target_properties(header_check PROPERTIES UNITY_BUILD OFF AUTOMOC OFF)
endfunction()

function(gatehouse_test name)
    cmake_parse_arguments(T "GUI" "TIMEOUT;COST" "DEPENDS;LINK" ${ARGN})
    if(NOT T_TIMEOUT)
        set(T_TIMEOUT 1200)
    endif()
    if(NOT T_COST)
        set(T_COST 0)
    endif()
    file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h)
    set(target test_${name})
    add_executable(${target} ${sources})
    target_link_libraries(${target} PRIVATE gatehouse_test_support ${T_LINK})
    foreach(dependency IN LISTS T_DEPENDS)
        target_link_libraries(${target} PRIVATE gatehouse_${dependency})
    endforeach()
    # Classes of a test file have members of its unnamed namespace; GCC takes a unity source for a header there.
    target_compile_options(${target} PRIVATE $<$<BOOL:${CMAKE_UNITY_BUILD}>:-Wno-subobject-linkage>)
    # Only ctest enforces timeouts: Qt Test's watchdog and stack dump hang on a busy machine.
    set(environment QTEST_FUNCTION_TIMEOUT=3600000 QTEST_DISABLE_STACK_DUMP=1)
    if(T_GUI)
        target_link_libraries(${target} PRIVATE gatehouse_test_main_gui)
        list(APPEND environment QT_QPA_PLATFORM=offscreen)
    else()
        target_link_libraries(${target} PRIVATE gatehouse_test_main)
    endif()
    if(CMAKE_CXX_FLAGS MATCHES "-fsanitize=")
        list(APPEND environment LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/lsan.supp)
    endif()
    # One test per class: they spend most of their time waiting, so ctest runs several at once.
    foreach(source IN LISTS sources)
        file(STRINGS "${source}" lines REGEX "^GATEHOUSE_TEST\\(")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^GATEHOUSE_TEST\\((.*)\\)$" "\\1" class "${line}")
            add_test(NAME ${name}.${class} COMMAND ${target} ${class})
            set_tests_properties(${name}.${class} PROPERTIES ENVIRONMENT "${environment}"
                TIMEOUT ${T_TIMEOUT} COST ${T_COST})
        endforeach()
    endforeach()
endfunction()
