package io.github.camellva.examples.scaleout;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.Outcome;

/** A gateway or a worker that the demonstration has started. */
public final class Child extends Example<Outcome> {

    /** The option that names the directory of the parent. */
    static final String PARENT_DIRECTORY = "parent.directory";

    private final ScaleOut member;
    private final Parent parent;

    private Child(ScaleOut member, Parent parent) {
        this.member = member;
        this.parent = parent;
    }

    public static void main(String[] args) {
        launch(() -> new Child(
                ScaleOut.of(System.getProperties(), System.out),
                new Parent(System.in, Path.of(System.getProperty(PARENT_DIRECTORY)))));
    }

    /** Ctrl-C in a terminal reaches all processes at once, but the parent still wants its cameras answered: it says when. */
    @Override
    protected Outcome run(CountDownLatch stop) throws Exception {
        Thread watch = new Thread(() -> {
            parent.awaitEnd();
            member.stop();
        }, "parent");
        watch.setDaemon(true);
        watch.start();
        return member.run();
    }
}
