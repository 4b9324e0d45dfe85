package io.github.camellva.grpc.simulation;

import java.time.Duration;
import java.util.List;

/** A node and an extension that live together for a while, are stopped, and must leave nothing behind. */
final class Scenario {

    static final int STEPS = 220;
    /** More than anything that ends takes to end. */
    private static final int MAX_STEPS = 50_000;

    private final World world;
    private final Chances chances;
    private final SimulatedRoute route;
    private final SimulatedExtension extension;
    private final SimulatedNode node;

    private Scenario(long seed, boolean traced) {
        this.world = new World(seed, traced);
        this.chances = Chances.of(world.random());
        world.note("seed " + seed + ": " + chances);
        this.route = new SimulatedRoute(world, chances);
        this.extension = new SimulatedExtension(world, chances, route);
        this.node = new SimulatedNode(world, chances, extension, route);
    }

    /**
     * @return                how many steps it took
     * @throws AssertionError what was broken, how to see it again, and what happened before
     */
    static int run(long seed) {
        try {
            return new Scenario(seed, false).run();
        } catch (Throwable e) {
            throw new AssertionError(e + "\nsee it again: mvn test -pl camel-lva-grpc -am -Dtest=SimulationTest -Dsimulation.first="
                                     + seed + " -Dsimulation.seeds=1 -Dsurefire.failIfNoSpecifiedTests=false\n" + trace(seed), e);
        }
    }

    private static String trace(long seed) {
        Scenario replay = new Scenario(seed, true);
        try {
            replay.run();
        } catch (Throwable e) {
            // the same as before
        }
        return replay.world.trace();
    }

    private int run() {
        node.start();
        while (world.steps() < STEPS && step()) {
            if (world.fault(chances.meddles())) {
                meddle();
            }
        }
        if (world.random().nextBoolean()) {
            becomeQuiet();
        }
        stop();
        untilNothingHappens();
        // the threads of a route that hangs end with the route
        route.interrupt();
        untilNothingHappens();
        world.require(route.isEmpty(), () -> "frames are in the route for ever");
        node.requireClean();
        extension.requireClean();
        return world.steps();
    }

    /** Both parties go on without faults until all is done that was begun. */
    private void becomeQuiet() {
        world.calmDown();
        node.rest();
        untilNothingHappens();
        route.interrupt();
        untilNothingHappens();
        node.checkQuiet();
    }

    private void untilNothingHappens() {
        int limit = world.steps() + MAX_STEPS;
        while (step()) {
            world.require(world.steps() < limit, () -> "it never becomes quiet");
        }
    }

    private boolean step() {
        boolean more = world.step();
        node.check();
        return more;
    }

    private void meddle() {
        if (world.random().nextBoolean()) {
            extension.meddle();
        } else {
            node.meddle();
        }
    }

    private void stop() {
        List<Runnable> parties = world.random().nextBoolean()
                ? List.of(node::stop, this::stopExtension)
                : List.of(this::stopExtension, node::stop);
        parties.get(0).run();
        world.after(world.upTo(10_000), "the other stops", parties.get(1));
    }

    private void stopExtension() {
        extension.stop(Duration.ofMillis(world.random().nextInt(20)));
    }
}
