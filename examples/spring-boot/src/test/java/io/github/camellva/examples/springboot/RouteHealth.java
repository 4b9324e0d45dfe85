package io.github.camellva.examples.springboot;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What {@code /actuator/health} says of a route.
 *
 * @param application whether all is well: UP, or DOWN
 * @param check       the name of the check
 * @param status      of the route
 */
record RouteHealth(String application, String check, String status, String address, int port, int sessions) {

    static RouteHealth of(JsonNode health, String route) {
        String check = "consumer:" + route;
        JsonNode checks = health.path("components").path("camelHealth").path("details");
        JsonNode details = checks.path(check + ".data");
        return new RouteHealth(health.path("status").asText(), check, checks.path(check).asText("unknown"),
                details.path("address").asText("unknown"), details.path("port").asInt(), details.path("sessions").asInt());
    }

    @Override
    public String toString() {
        return application + ", " + check + " " + status + ": address " + address + ", port " + port + ", sessions " + sessions;
    }
}
