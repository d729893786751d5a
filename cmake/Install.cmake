# `cmake --install BUILD --prefix PREFIX`: the program, its desktop file and its icon. They are all there is;
# schema, vendors and icons of the window are inside the program. installers/uninstall removes the same files.
include(GNUInstallDirs)

install(TARGETS gatehouse RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES resources/desktop/gatehouse.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
# The desktop's PATH may lack the prefix's bin folder, so that the file names the program in full. The prefix is
# only known when it is installed.
install(CODE "
    set(GATEHOUSE_PROGRAM \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/gatehouse\")
    configure_file(\"${CMAKE_SOURCE_DIR}/resources/desktop/gatehouse.desktop.in\"
        \"${CMAKE_BINARY_DIR}/gatehouse.desktop\" @ONLY)")
install(FILES ${CMAKE_BINARY_DIR}/gatehouse.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
