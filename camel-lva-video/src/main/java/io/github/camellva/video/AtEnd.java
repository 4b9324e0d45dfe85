package io.github.camellva.video;

import org.apache.camel.CamelContext;

/** What is done when a source has ended. */
enum AtEnd {

    NOTHING("nothing") {
        @Override
        void act(CamelContext context, String route) {
            // the route stays started
        }
    },
    STOP_ROUTE("stopRoute") {
        @Override
        void act(CamelContext context, String route) throws Exception {
            context.getRouteController().stopRoute(route);
        }
    },
    STOP_CONTEXT("stopContext") {
        @Override
        void act(CamelContext context, String route) {
            context.stop();
        }
    };

    private final String option;

    AtEnd(String option) {
        this.option = option;
    }

    /** The value of the option. */
    @Override
    public String toString() {
        return option;
    }

    /** Called on a thread that nobody waits for. */
    abstract void act(CamelContext context, String route) throws Exception;
}
