package io.github.camellva.examples.view.security;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** An extension whose live view is for users with the role VIEWER. */
@SpringBootApplication
public class LiveViewApplication {

    public static void main(String[] args) {
        SpringApplication.run(LiveViewApplication.class, args);
    }

    @Bean
    SecurityFilterChain live(HttpSecurity http) throws Exception {
        return http.securityMatcher("/live", "/live/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("VIEWER"))
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    /** For this example. Yours come from where your application has its users. */
    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("alice").password("{noop}wonderland").roles("VIEWER").build(),
                User.withUsername("bob").password("{noop}builder").roles("GUEST").build());
    }

    @Bean
    RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/live?matchOnUriPrefix=true").routeId("page").to("lvaview:cameras");
                // your own detector goes here
                from("lvagrpc:127.0.0.1:{{extension.port}}").routeId("extension").setBody(constant("{\"inferences\": []}"));
            }
        };
    }
}
