package io.github.camellva.examples.scaleout;

import java.util.Optional;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;

/**
 * What the user chose for all on this machine.
 *
 * @param cameras    in all, half of them at each of two gateways
 * @param frames     of each camera
 * @param pace       how fast cameras send
 * @param killWorker whether one of the workers is killed while they are at it
 * @param answer     what gateways wait for before they answer
 * @param partitions of the topic of frames
 * @param detector   the class of what looks at the pixels
 */
record Settings(
        int cameras, int gateways, int workers, int frames, Pace pace, boolean killWorker, AnswerMode answer, int partitions,
        Optional<String> detector) {

    static Settings of(Options options) throws UsageException {
        if (options.text("brokers").isPresent()) {
            throw new UsageException("-Dbrokers=" + options.text("brokers").get() + ": with -Drole=gateway or -Drole=worker;"
                                     + " without a role the example starts a broker of its own");
        }
        return new Settings(
                options.number("cameras", 6, 100), options.number("gateways", 2, 10), options.number("workers", 3, 20),
                options.number("frames", 400, 1_000_000), options.flag("realtime", true) ? Pace.REALTIME : Pace.UNLIMITED,
                options.flag("kill", true), AnswerMode.of(options), GatewaySettings.partitions(options),
                options.text("detector"));
    }
}
