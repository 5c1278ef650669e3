# The reference server: docker build -t websentry .
# docs/server.md describes how to run it.

FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends unzip zip && rm -rf /var/lib/apt/lists/*

# A Java runtime with the standard modules, without tools and the native libraries for graphics and sound.
RUN jlink --add-modules java.se,jdk.charsets,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs \
        --strip-java-debug-attributes --no-man-pages --no-header-files --compress=zip-6 --output /opt/jre \
    && cd /opt/jre/lib \
    && rm libawt*.so libfontmanager.so libfreetype.so libjavajpeg.so libjawt.so libjsound.so liblcms.so \
        libmlib_image.so libsplashscreen.so

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

RUN javac -d /opt/websentry/healthcheck deploy/docker/HealthCheck.java \
    && javac -d /tmp/training deploy/CreateArchive.java \
    && mkdir -p /opt/volumes/data && chmod 0700 /opt/volumes/data

# The archives: that of the runtime, for the health check, and that of the server, which is started, used and stopped.
# They are valid for the paths and times of the files, which the copies below keep. "java @/opt/websentry/command" starts
# the server, and with arguments runs one of its commands.
RUN /opt/jre/bin/java -XX:+UseSerialGC -Xshare:dump >/dev/null \
    && /opt/jre/bin/java -cp /tmp/training CreateArchive /opt/websentry/server.jar /opt/websentry \
        $(grep -v '^#' deploy/docker/jvm.options)


# The C library and little else: no shell, no package manager.
FROM gcr.io/distroless/base-nossl-debian13
COPY --from=build /opt/jre /opt/jre
COPY --from=build /opt/websentry /opt/websentry
COPY --from=build --chown=10001:10001 /opt/volumes/ /
ENV PATH=/opt/jre/bin:/usr/bin:/bin \
    LANG=C.UTF-8 \
    WEBSENTRY_DATA_DIR=/data

USER 10001:10001
VOLUME /data
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-cp", "/opt/websentry/healthcheck", "HealthCheck"]
ENTRYPOINT ["java", "@/opt/websentry/command"]
