package io.github.camellva.grpc.text;

/** Text from elsewhere, fit for one line of a log or an error: shortened, and free of characters that a terminal obeys. */
public final class Printable {

    private static final int LONGEST = 64;

    private Printable() {
    }

    /** At most 64 characters of the text, with control characters, line ends and invisible ones as <code>&#92;u000a</code>. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** @param longest characters to keep; where there are more, "..." follows */
    public static String of(String text, int longest) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), longest) + 3);
        for (int at = 0; at < Math.min(text.length(), longest);) {
            int character = text.codePointAt(at);
            append(printable, character);
            at += Character.charCount(character);
        }
        return printable.append(text.length() > longest ? "..." : "").toString();
    }

    private static void append(StringBuilder printable, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> printable.append(String.format("\\u%04x", character));
            default -> printable.appendCodePoint(character);
        }
    }
}
