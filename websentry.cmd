@echo off
rem Builds WebSentry and scans a URL.
rem
rem   websentry.cmd https://www.example.com
rem   websentry.cmd https://www.example.com -Dwebsentry.failBelow=A
rem
rem Arguments after the URL are passed to Maven. The demo site of ./websentry needs a Unix shell.
setlocal
cd /d "%~dp0"

if "%~1"=="" goto usage
if "%~1"=="--help" goto usage
if "%~1"=="-h" goto usage
if "%~1"=="/?" goto usage

for /f "tokens=3 delims=<>" %%v in ('findstr /r "<version>.*</version>" pom.xml') do (
  set "version=%%v"
  goto build
)

:build
echo Building WebSentry %version% (the first time, Maven downloads its dependencies) ...
call mvnw.cmd -q -B -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -Dmdep.analyze.skip -Dinvoker.skip -pl test-site,maven-plugin -am install
if errorlevel 1 (
  echo websentry: the build failed, see above 1>&2
  exit /b 2
)

set "url=%~1"
set "rest="
:next
shift
if "%~1"=="" goto scan
set rest=%rest% "%~1"
goto next

:scan
call mvnw.cmd -B -N dev.websentry:websentry-maven-plugin:%version%:scan "-Dwebsentry.url=%url%" %rest%
exit /b %errorlevel%

:usage
echo Usage: websentry.cmd URL [-Dwebsentry.OPTION=VALUE ...]
echo.
echo Example: websentry.cmd https://www.example.com -Dwebsentry.failBelow=A
echo The options are those of docs\maven.md.
exit /b 2
