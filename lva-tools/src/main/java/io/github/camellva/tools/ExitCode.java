package io.github.camellva.tools;

/** What the command tells the program that started it. */
public final class ExitCode {

    /** What was asked for is so. */
    public static final int YES = 0;
    /** It is not. */
    public static final int NO = 1;
    /** It could not be tried. */
    public static final int NOT_TRIED = 2;

    private ExitCode() {
    }
}
