package io.jenkins.plugins.websentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import jenkins.model.Jenkins;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Global configuration, permissions and credentials in a real Jenkins. */
@WithJenkins
class ConfigurationTest {
    @Test
    void globalConfigurationSurvivesItsForm(JenkinsRule jenkins) throws Exception {
        secretText("websentry-key", "wsk_secret");
        WebSentryGlobalConfiguration configuration = WebSentryGlobalConfiguration.get();
        configuration.setServer("https://websentry.dev");
        configuration.setCredentialsId("websentry-key");

        jenkins.configRoundtrip();

        assertEquals("https://websentry.dev", configuration.getServer());
        assertEquals("websentry-key", configuration.getCredentialsId());
    }

    @Test
    void configurationAsCodeGoesInAndComesOut(JenkinsRule jenkins) throws Exception {
        Path yaml = Files.createTempFile("websentry", ".yaml");
        Files.writeString(yaml, """
                unclassified:
                  websentry:
                    server: "https://scan.example.com"
                    credentialsId: "websentry-key"
                """);

        ConfigurationAsCode.get().configure(yaml.toString());

        assertEquals(
                "https://scan.example.com", WebSentryGlobalConfiguration.get().getServer());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String exported = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                exported.contains(
                        "websentry:\n    credentialsId: \"websentry-key\"\n    server: \"https://scan.example.com\""),
                exported);
    }

    @Test
    void onlyThoseWhoMayConfigureGetAnswers(JenkinsRule jenkins) throws Exception {
        secretText("websentry-key", "wsk_secret");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("configurer"));
        WebSentryStep.DescriptorImpl form = ExtensionList.lookupSingleton(WebSentryStep.DescriptorImpl.class);
        AdvancedOptions.DescriptorImpl advanced = ExtensionList.lookupSingleton(AdvancedOptions.DescriptorImpl.class);
        WebSentryGlobalConfiguration global = WebSentryGlobalConfiguration.get();

        try (ACLContext as = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertEquals(FormValidation.Kind.OK, form.doCheckUrl(job, "ftp://x").kind);
            assertEquals(FormValidation.Kind.OK, advanced.doCheckResolve(job, "x").kind);
            assertEquals(FormValidation.Kind.OK, global.doCheckServer("x y").kind);
            assertEquals(0, named(form.doFillCredentialsIdItems(job, "", "")));
            assertEquals(0, named(global.doFillCredentialsIdItems("", "")));
        }
        try (ACLContext as = ACL.as2(User.getById("configurer", true).impersonate2())) {
            assertEquals(FormValidation.Kind.ERROR, form.doCheckUrl(job, "ftp://x").kind);
            assertEquals(FormValidation.Kind.ERROR, advanced.doCheckResolve(job, "x").kind);
            assertEquals(FormValidation.Kind.OK, global.doCheckServer("x y").kind);
            assertEquals(1, named(form.doFillCredentialsIdItems(job, "", "")));
            assertEquals(0, named(global.doFillCredentialsIdItems("", "")));
        }
        String path =
                "job/" + job.getName() + "/descriptorByName/" + WebSentryStep.class.getName() + "/checkUrl?value=x";
        // Only POST is answered, so that a link cannot trigger it.
        assertEquals(
                404,
                jenkins.createWebClient()
                        .withThrowExceptionOnFailingStatusCode(false)
                        .withBasicApiToken("configurer")
                        .goTo(path, null)
                        .getWebResponse()
                        .getStatusCode());
    }

    @Test
    void onlyAdministratorsMakeTheControllerConnectToPrivateAddresses(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
        WebSentryStep.DescriptorImpl form = ExtensionList.lookupSingleton(WebSentryStep.DescriptorImpl.class);
        WebSentryGlobalConfiguration global = WebSentryGlobalConfiguration.get();
        LinkedBlockingQueue<String> keys = new LinkedBlockingQueue<>();
        try (MockWebServer server = refusing(keys)) {
            String url = address(server);
            try (ACLContext as = ACL.as2(User.getById("reader", true).impersonate2())) {
                assertThrows(AccessDeniedException3.class, () -> form.doTestConnection(job, url, "", ""));
            }
            try (ACLContext as = ACL.as2(User.getById("configurer", true).impersonate2())) {
                assertEquals(FormValidation.Kind.ERROR, form.doTestConnection(job, url, "", "").kind);
                assertEquals(FormValidation.Kind.ERROR, form.doTestConnection(job, "", "", url).kind);
                assertThrows(AccessDeniedException3.class, () -> form.doTestConnection(null, url, "", ""));
                assertThrows(AccessDeniedException3.class, () -> global.doTestConnection(url, ""));
            }
            try (ACLContext as = ACL.as2(User.getById("administrator", true).impersonate2())) {
                assertEquals(FormValidation.Kind.OK, form.doTestConnection(job, url, "", "").kind);
                FormValidation refused = global.doTestConnection(url, "");
                assertTrue(refused.getMessage().contains("requires an API key"), refused.getMessage());
            }
        }
        assertEquals(1, keys.size(), "only the test of the server sends a request");
    }

    @Test
    void serverGetsItsKeyAndNoOtherServerTheDefaultOne(JenkinsRule jenkins) throws Exception {
        secretText("default-key", "wsk_default");
        secretText("own-key", "wsk_own");
        LinkedBlockingQueue<String> keys = new LinkedBlockingQueue<>();
        try (MockWebServer server = refusing(keys);
                MockWebServer other = refusing(keys)) {
            WebSentryGlobalConfiguration.get().setServer(address(server));
            WebSentryGlobalConfiguration.get().setCredentialsId("default-key");
            build(jenkins, "websentryScan url: 'https://www.example.com'");
            assertEquals("wsk_default", keys.take());

            keys.clear();
            build(jenkins, "websentryScan url: 'https://www.example.com', server: '" + address(other) + "'");
            assertEquals("null", keys.take());

            keys.clear();
            build(
                    jenkins,
                    "websentryScan url: 'https://www.example.com', server: '" + address(other)
                            + "', credentialsId: 'own-key'");
            assertEquals("wsk_own", keys.take());
        }
    }

    @Test
    void missingCredentialsAreNamed(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = build(
                jenkins,
                "websentryScan url: 'www.example.com', server: 'http://127.0.0.1:1', credentialsId: 'no-such'");
        jenkins.assertLogContains("no \"Secret text\" credentials with the ID 'no-such'", run);

        WorkflowRun withoutServer = build(jenkins, "websentryScan url: 'www.example.com', credentialsId: 'no-such'");
        jenkins.assertLogContains("credentialsId: an API key is set, but no server", withoutServer);
    }

    @Test
    void siteGetsBasicCredentials(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "site", null, "scan", "pass-word"));
        SystemCredentialsProvider.getInstance().save();
        try (Sites sites = new Sites()) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    "node { websentryScan url: '" + sites.good.url() + "', "
                            + sites.optionsInGroovy().replace("options: [", "options: [authCredentialsId: 'site', ")
                            + " }",
                    true));

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogNotContains("pass-word", run);
            boolean sent = false;
            for (RecordedRequest request = sites.good.https().takeRequest();
                    request != null;
                    request = sites.good.https().takeRequest()) {
                sent |= "Basic c2NhbjpwYXNzLXdvcmQ=".equals(request.getHeaders().get("Authorization"));
            }
            assertTrue(sent, "no request carried the credentials");
        }
    }

    private static long named(ListBoxModel items) {
        return items.stream().filter(item -> !item.value.isEmpty()).count();
    }

    private static void secretText(String id, String secret) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, null, Secret.fromString(secret)));
        SystemCredentialsProvider.getInstance().save();
    }

    private static String address(MockWebServer server) {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** A server that takes no key, and remembers what it was shown. */
    private static MockWebServer refusing(LinkedBlockingQueue<String> keys) throws Exception {
        MockWebServer server = new MockWebServer();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                keys.add(String.valueOf(request.getHeaders().get("Authorization")));
                return new MockResponse.Builder()
                        .code(401)
                        .setHeader("Content-Type", "application/json")
                        .body("{\"ok\":false,\"error\":\"Invalid API key\"}")
                        .build();
            }
        });
        server.start(java.net.InetAddress.getLoopbackAddress(), 0);
        return server;
    }

    private static WorkflowRun build(JenkinsRule jenkins, String step) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node { " + step + " }", true));
        return jenkins.buildAndAssertStatus(Result.FAILURE, job);
    }
}
