package io.github.camellva.examples.jbang;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** The Camel CLI, {@code camel}, without its launcher. */
public final class CamelCli {

    private CamelCli() {
    }

    public static void main(String[] arguments) {
        CamelJBangMain.run(arguments);
    }
}
