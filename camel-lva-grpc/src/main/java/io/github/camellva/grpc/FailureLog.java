package io.github.camellva.grpc;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.BeanIntrospection;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/** Whether the error handler of a route logs the exchanges that it gives up, so that somebody does, and nobody twice. */
final class FailureLog {

    private FailureLog() {
    }

    /** @param route null for a consumer without one */
    static boolean isKeptByErrorHandler(CamelContext context, @Nullable Route route) {
        if (route == null || route.getErrorHandlerFactory() == null) {
            return true;
        }
        // the policy is part of Camel's model, which a component does not depend on
        BeanIntrospection beans = PluginHelper.getBeanIntrospection(context);
        Object policy = beans.getOrElseProperty(route.getErrorHandlerFactory(), "redeliveryPolicy", null, false);
        if (policy == null) {
            return true;
        }
        // without redelivery, Camel logs whatever the policy says
        String redeliveries = value(context, beans, policy, "maximumRedeliveries", "0");
        return redeliveries.equals("0") || !value(context, beans, policy, "logExhausted", "true").equals("false");
    }

    private static String value(CamelContext context, BeanIntrospection beans, Object policy, String property, String otherwise) {
        Object value = beans.getOrElseProperty(policy, property, otherwise, false);
        return value == null ? otherwise : context.resolvePropertyPlaceholders(value.toString());
    }
}
