# The reference server: docker build -t websentry .
# docs/server.md describes how to run it.

FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends unzip zip && rm -rf /var/lib/apt/lists/*

# A Java runtime with the standard modules and without tools.
RUN jlink --add-modules java.se,jdk.charsets,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs \
        --strip-java-debug-attributes --no-man-pages --no-header-files --compress=zip-6 --output /opt/jre

WORKDIR /src
COPY . .
RUN ./mvnw -q -B -pl reference-server -am package -DskipTests \
    -Dspotless.check.skip -Dcheckstyle.skip -Dmdep.analyze.skip -Dcyclonedx.skip

# The native library of SQLite is placed into the image. The driver would otherwise extract it to /tmp, which must then
# allow execution. The libraries of the other platforms are removed from the driver.
RUN java -Djarmode=tools -jar reference-server/target/reference-server-*.jar extract --destination /opt/websentry \
    && mv /opt/websentry/reference-server-*.jar /opt/websentry/server.jar \
    && case "$(uname -m)" in \
        x86_64|aarch64) platform=$(uname -m) ;; \
        *) echo "no native library of SQLite for $(uname -m) is chosen here" >&2; exit 1 ;; \
       esac \
    && unzip -j /opt/websentry/lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$platform/libsqlitejdbc.so" \
        -d /opt/websentry/native \
    && zip -q -d /opt/websentry/lib/sqlite-jdbc-*.jar 'org/sqlite/native/*'


FROM debian:trixie-slim
COPY --from=build /opt/jre /opt/jre
COPY --from=build /opt/websentry /opt/websentry
ENV PATH=/opt/jre/bin:$PATH \
    LANG=C.UTF-8 \
    WEBSENTRY_DATA_DIR=/data

COPY deploy/docker/jvm.options deploy/docker/command deploy/docker/healthcheck /opt/websentry/

# The archives of classes: that of the runtime, then that of the server, which starts once and stops.
RUN java @/opt/websentry/jvm.options -Xshare:dump >/dev/null \
    && WEBSENTRY_DATA_DIR=/tmp/data java @/opt/websentry/jvm.options \
        -XX:ArchiveClassesAtExit=/opt/websentry/server.jsa -Dspring.context.exit=onRefresh \
        -jar /opt/websentry/server.jar \
    && rm -rf /tmp/* \
    && install -d -o 10001 -g 10001 -m 0700 /data

USER 10001:10001
VOLUME /data
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["/opt/websentry/healthcheck"]
ENTRYPOINT ["/opt/websentry/command"]
