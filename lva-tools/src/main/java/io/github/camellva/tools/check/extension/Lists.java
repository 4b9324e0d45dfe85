package io.github.camellva.tools.check.extension;

import java.util.List;
import java.util.stream.Collectors;

/** Lists in words. */
final class Lists {

    private static final int MOST = 12;

    private Lists() {
    }

    static String shorten(List<?> items) {
        String some = items.stream().limit(MOST).map(String::valueOf).collect(Collectors.joining(", "));
        return items.size() <= MOST ? some : some + ", … " + items.get(items.size() - 1);
    }
}
