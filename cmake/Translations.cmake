# The target `translations` collects every text of the program that tr() names into
# translations/gatehouse_<language>.ts of the build folder, for translators. GATEHOUSE_LANGUAGES says which.
# Needs lupdate of Debian's qt6-l10n-tools.
set(GATEHOUSE_LANGUAGES de CACHE STRING "Languages of the .ts files that the target `translations` makes")
find_program(GATEHOUSE_LUPDATE lupdate HINTS "${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS}" /usr/lib/qt6/bin)

# From the source folder; tests/architecture calls it with the same arguments.
set(GATEHOUSE_LUPDATE_ARGUMENTS -no-obsolete -I core -I ui -I . core ui app)
if(GATEHOUSE_LUPDATE)
    list(TRANSFORM GATEHOUSE_LANGUAGES REPLACE "(.+)" "${CMAKE_BINARY_DIR}/translations/gatehouse_\\1.ts"
        OUTPUT_VARIABLE ts_files)
    add_custom_target(translations
        COMMAND ${CMAKE_COMMAND} -E make_directory "${CMAKE_BINARY_DIR}/translations"
        COMMAND "${GATEHOUSE_LUPDATE}" -locations relative ${GATEHOUSE_LUPDATE_ARGUMENTS} -ts ${ts_files}
        WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
        VERBATIM)
else()
    add_custom_target(translations
        COMMAND ${CMAKE_COMMAND} -E echo "lupdate is missing: install qt6-l10n-tools"
        COMMAND ${CMAKE_COMMAND} -E false
        VERBATIM)
endif()
