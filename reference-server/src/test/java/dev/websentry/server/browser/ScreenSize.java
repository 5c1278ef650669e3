package dev.websentry.server.browser;

/** The screen sizes that every flow is tested with. */
enum ScreenSize {
    DESKTOP(1280, 900, false),
    PHONE(390, 844, true);

    final int width;
    final int height;
    final boolean mobile;

    ScreenSize(int width, int height, boolean mobile) {
        this.width = width;
        this.height = height;
        this.mobile = mobile;
    }
}
