package io.github.camellva.grpc;

import java.lang.module.ModuleDescriptor.Version;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.BeanIntrospection;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/** Whether the error handler of a route logs the exchanges that it gives up, so that somebody does, and nobody twice. */
final class FailureLog {

    private static final Version FIRST_THAT_HEEDS = Version.parse("4.19");

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
        boolean heeded = isHeededWithoutRedelivery(context)
                         || !value(context, beans, policy, "maximumRedeliveries", "0").equals("0");
        return !heeded || !value(context, beans, policy, "logExhausted", "true").equals("false");
    }

    /** Without redelivery, Camel up to 4.18 logs whatever the policy says. */
    private static boolean isHeededWithoutRedelivery(CamelContext context) {
        return Version.parse(context.getVersion()).compareTo(FIRST_THAT_HEEDS) >= 0;
    }

    private static String value(CamelContext context, BeanIntrospection beans, Object policy, String property, String otherwise) {
        Object value = beans.getOrElseProperty(policy, property, otherwise, false);
        return value == null ? otherwise : context.resolvePropertyPlaceholders(value.toString());
    }
}
