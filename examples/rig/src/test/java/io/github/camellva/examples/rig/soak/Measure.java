package io.github.camellva.examples.rig.soak;

/** What must not grow while sessions come and go. */
enum Measure {
    RSS("resident memory", "MiB", 16),
    HEAP("heap in use", "MiB", 2),
    DIRECT("direct memory", "MiB", 2),
    THREADS("threads", "", 8),
    DESCRIPTORS("file descriptors", "", 3),
    MAPPINGS("memory mappings", "", 12);

    /** As a part of what there is on average. */
    private static final double MOST_GROWTH = 0.05;

    private final String text;
    private final String unit;
    private final double leastGrowth;

    /** @param leastGrowth what it may grow by from the end of the warm-up to the end, however little there is of it */
    Measure(String text, String unit, double leastGrowth) {
        this.text = text;
        this.unit = unit;
        this.leastGrowth = leastGrowth;
    }

    String title() {
        return unit.isEmpty() ? text : text + " (" + unit + ")";
    }

    boolean isFlat(Trend trend) {
        return trend.growth() <= Math.max(leastGrowth, MOST_GROWTH * trend.mean());
    }

    @Override
    public String toString() {
        return text;
    }
}
